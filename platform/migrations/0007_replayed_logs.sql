-- Consumers of one name may read several logs; null of what was asked for before this was kept.
ALTER TABLE %schema%.replay ADD COLUMN source text;
