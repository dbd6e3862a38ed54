/** Invented names, as data. Any likeness to a real company or person is chance; mail domains end in `.example`. */

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** How the companies and people of one part of the world are called. */
export interface NameBook {
  readonly roots: readonly string[]
  readonly trades: readonly string[]
  readonly legalForms: readonly string[]
  readonly firstNames: readonly string[]
  readonly lastNames: readonly string[]
}

export const AMERICAN: NameBook = {
  roots: words(`
    Alder Amber Anvil Aspen Beacon Birch Bluestem Boulder Bramble Bridgewater Cedar Cinder Clearwater Cobalt
    Copperfield Cypress Driftwood Eastgate Ember Fairhaven Falcon Fernhill Flint Foxglove Granite Greyrock
    Harborview Hawthorn Hickory Hollow Ironwood Juniper Keystone Lakeshore Larkspur Lodestar Magnolia Maple
    Marlow Meridian Millbrook Northfield Oakline Orchard Palisade Pinecrest Prairie Quarry Redwood Ridgeline
    Riverbend Sable Sagebrush Silverton Stonebridge Summit Sycamore Tamarack Timberline Westbrook`),
  trades: words(`
    Analytics Apparel Automation Aviation Beverages Biologics Capital Cargo Chemicals Components Dental
    Diagnostics Dynamics Electric Energy Fabrication Farms Foods Freight Genomics Health Hospitality
    Industries Instruments Insurance Labs Logistics Machinery Marine Materials Media Mobility Optics
    Outfitters Packaging Partners Pharma Robotics Software Supply`),
  legalForms: words('Inc. Corp. LLC'),
  firstNames: words(`
    Aaron Alicia Andre Brooke Caleb Carmen Darius Elena Ethan Grace Hannah Isaac Jasmine Joel Keisha Leah
    Marcus Maya Nathan Olivia Priya Rachel Samuel Sofia Tyler Victor Wendy Zoe`),
  lastNames: words(`
    Abbott Barnes Calloway Chen Delgado Ellison Fletcher Grant Hayes Iyer Jennings Kowalski Larsen Mercer
    Nguyen Okafor Patel Quinn Reyes Sandoval Thornton Underwood Vargas Whitaker Young Zimmerman`),
}

export const EUROPEAN: NameBook = {
  roots: words(`
    Adler Alpen Arnsberg Bergmann Birken Brandt Dornfeld Eichen Elbtal Falken Feldmark Finken Friesen Goldbach
    Hallstein Hansa Havel Heide Hirsch Isar Kranich Lahn Lindau Luchs Lutter Mosel Neckar Nordwind Oder
    Ostsee Pfeiffer Quell Reiher Rhein Rosen Saale Schwarzbach Seefeld Sonnen Spree Steinbach Tannen Taunus
    Ulmen Vogel Wald Weser Wieland Winter Zander`),
  trades: words(`
    Antriebe Apotheken Aufzugbau Automation Backwaren Bau Beratung Biotech Brauerei Chemie Daten Druck
    Elektronik Energie Fahrzeugbau Feinmechanik Filtertechnik Fleischwaren Formenbau Gastro Getriebe Glas
    Handel Holzbau Immobilien Kabel Keramik Kosmetik Kunststoff Lacke Logistik Luftfracht Maschinenbau
    Medizintechnik Messtechnik Metallbau Moebel Optik Papier Pflege Pumpen Reisen Robotik Sensorik Software
    Spedition Systeme Textil`),
  legalForms: words('GmbH AG SE'),
  firstNames: words(`
    Anja Bastian Carla Daniel Emilia Felix Greta Henrik Ines Jonas Katrin Lukas Marlene Nils Ophelia Paul
    Ronja Simon Theresa Ulrich Vera Wiebke Xaver Yannick`),
  lastNames: words(`
    Albrecht Becker Conrad Dietrich Engel Fuchs Gerlach Hoffmann Issel Jansen Keller Lorenz Maurer Neumann
    Ott Pohl Richter Seidel Thiel Unger Vogt Wagner Ziegler`),
}

export const JAPANESE: NameBook = {
  roots: words(`
    Aozora Asahina Azuma Fujimori Fukuda Hakuto Hamada Hayabusa Hikari Hinode Hoshino Ishikari Iwaki Izumi
    Kagari Kamome Kasumi Kawabe Kirishima Kitano Komorebi Kurogane Mikasa Minato Mirai Misaki Mizuho Morino
    Nagisa Natsume Nishiki Oboro Ohana Rindo Sakurai Sasanami Seiran Shinano Shirogane Suzuran Takamine
    Tanpopo Tatsumi Tokiwa Tsubame Tsukuba Wakaba Yamabuki Yukimura Zuiko`),
  trades: words(`
    Bussan Butsuryu Denki Denshi Doboku Energy Foods Garasu Gijutsu Giken Hanbai Hoken Iryo Insatsu Jidosha
    Kagaku Kaiun Kako Kensetsu Kikai Kinzoku Kogyo Kogaku Koki Koun Micro Mokuzai Naika Nogyo Optics
    Plastics Precision Robotics Ryoko Seiki Seimitsu Seisakusho Seiyaku Sensor Shoji Shokuhin Soko Systems
    Techno Tokushu Tsusho Unyu Yakuhin`),
  legalForms: words('KK'),
  firstNames: words(`
    Aiko Akira Chihiro Daichi Emi Haruto Hina Kaito Keiko Makoto Mei Naoki Ren Rina Sakura Shota Takumi
    Yui Yuma Yuto`),
  lastNames: words(`
    Abe Endo Fujita Goto Hasegawa Inoue Kato Kimura Maeda Mori Nakamura Ogawa Okada Saito Sato Shimizu Sugiyama
    Tanaka Ueda Watanabe Yamada Yoshida`),
}

export const JOB_TITLES: readonly string[] = [
  'Chief Financial Officer',
  'Controller',
  'Accounts Payable Lead',
  'Head of Operations',
  'IT Director',
  'Procurement Manager',
]

/** Coprime to the size of every book, so that walking with it meets each pair of words once. */
const STRIDE = 1_009

/**
 * The name of company number `index` without its legal form. No two indices share a name: when the pairs of
 * words are used up, the next round of them carries its number.
 */
export function companyName({ roots, trades }: NameBook, seed: number, index: number): string {
  const pairs = roots.length * trades.length
  const pair = ((index + (seed % pairs)) * STRIDE) % pairs
  const round = Math.floor(index / pairs)
  const name = `${roots[Math.floor(pair / trades.length)]} ${trades[pair % trades.length]}`
  return round === 0 ? name : `${name} ${round + 1}`
}

/** A mail domain made of a name, without accents. */
export function mailDomain(name: string): string {
  const letters = name.normalize('NFD').toLowerCase()
  const label = letters.replaceAll(/\p{Diacritic}/gu, '').replaceAll(/[^a-z0-9]+/g, '-')
  return `${label}.example`
}
