/** Where customers are billed; `schema/rules/taxes.yaml` says what tax falls due there. */

export interface Place {
  readonly city: string
  readonly postalCode: string
  readonly region: string | null
  readonly country: string
  readonly street: string
}

type Row = readonly [city: string, postalCode: string, region: string | null, street: string]

function place([city, postalCode, region, street]: Row, country: string): Place {
  return { city, postalCode, region, country, street }
}

export const AMERICAN_PLACES: readonly Place[] = [
  place(['New York', '10013', 'NY', 'Varick Street'], 'US'),
  place(['San Diego', '92101', 'CA', 'Harbor Drive'], 'US'),
  place(['Austin', '78701', 'TX', 'Congress Avenue'], 'US'),
  place(['Seattle', '98101', 'WA', 'Pike Street'], 'US'),
  place(['Boston', '02110', 'MA', 'Atlantic Avenue'], 'US'),
  place(['Philadelphia', '19103', 'PA', 'Market Street'], 'US'),
  place(['Portland', '97204', 'OR', 'Naito Parkway'], 'US'),
]

export const GERMAN_PLACES: readonly Place[] = [
  place(['Berlin', '10117', 'BE', 'Friedrichstraße'], 'DE'),
  place(['Hamburg', '20457', 'HH', 'Am Sandtorkai'], 'DE'),
  place(['München', '80331', 'BY', 'Sendlinger Straße'], 'DE'),
  place(['Köln', '50667', 'NW', 'Hohe Straße'], 'DE'),
  place(['Stuttgart', '70173', 'BW', 'Königstraße'], 'DE'),
]

export const OTHER_EUROPEAN_PLACES: readonly Place[] = [
  place(['Paris', '75009', null, 'Rue de Provence'], 'FR'),
  place(['Amsterdam', '1012 JS', null, 'Damrak'], 'NL'),
  place(['Wien', '1010', null, 'Kärntner Straße'], 'AT'),
  place(['Madrid', '28013', null, 'Gran Vía'], 'ES'),
  place(['Milano', '20121', null, 'Via Brera'], 'IT'),
  place(['Zürich', '8001', 'ZH', 'Bahnhofstrasse'], 'CH'),
]

export const JAPANESE_PLACES: readonly Place[] = [
  place(['Tokyo', '100-0005', '13', 'Marunouchi 2-chome'], 'JP'),
  place(['Osaka', '530-0001', '27', 'Umeda 1-chome'], 'JP'),
  place(['Nagoya', '450-0002', '23', 'Meieki 4-chome'], 'JP'),
  place(['Yokohama', '220-0012', '14', 'Minatomirai 3-chome'], 'JP'),
  place(['Fukuoka', '810-0001', '40', 'Tenjin 2-chome'], 'JP'),
]
