/** Where customers are billed and what tax falls due there. Rates are real-looking figures of their kind, no advice. */

/** A tax of one jurisdiction. */
interface TaxRate {
  readonly jurisdiction: string
  /** Percent as an exact decimal; `0` for a reverse charge, which is printed on the invoice. */
  readonly rate: string
}

export interface Place {
  readonly city: string
  readonly postalCode: string
  readonly region: string | null
  readonly country: string
  readonly street: string
  /** None where the service is not taxed or is exported. */
  readonly taxes: readonly TaxRate[]
}

type Row = readonly [city: string, postalCode: string, region: string | null, street: string]

const tax = (jurisdiction: string, rate: string): TaxRate => ({ jurisdiction, rate })

function place([city, postalCode, region, street]: Row, country: string, taxes: readonly TaxRate[]): Place {
  return { city, postalCode, region, country, street, taxes }
}

export const AMERICAN_PLACES: readonly Place[] = [
  place(['New York', '10013', 'NY', 'Varick Street'], 'US', [
    tax('New York State', '4'),
    tax('New York City', '4.5'),
    tax('Metropolitan Commuter Transportation District', '0.375'),
  ]),
  place(['San Diego', '92101', 'CA', 'Harbor Drive'], 'US', [tax('California', '7.25')]),
  place(['Austin', '78701', 'TX', 'Congress Avenue'], 'US', [tax('Texas', '6.25')]),
  place(['Seattle', '98101', 'WA', 'Pike Street'], 'US', [tax('Washington', '6.5'), tax('Seattle', '3.6')]),
  place(['Boston', '02110', 'MA', 'Atlantic Avenue'], 'US', [tax('Massachusetts', '6.25')]),
  place(['Philadelphia', '19103', 'PA', 'Market Street'], 'US', [
    tax('Pennsylvania', '6'),
    tax('Philadelphia', '2'),
  ]),
  place(['Portland', '97204', 'OR', 'Naito Parkway'], 'US', []),
]

const GERMAN_TAXES = [tax('Germany', '19')]

export const GERMAN_PLACES: readonly Place[] = [
  place(['Berlin', '10117', 'BE', 'Friedrichstraße'], 'DE', GERMAN_TAXES),
  place(['Hamburg', '20457', 'HH', 'Am Sandtorkai'], 'DE', GERMAN_TAXES),
  place(['München', '80331', 'BY', 'Sendlinger Straße'], 'DE', GERMAN_TAXES),
  place(['Köln', '50667', 'NW', 'Hohe Straße'], 'DE', GERMAN_TAXES),
  place(['Stuttgart', '70173', 'BW', 'Königstraße'], 'DE', GERMAN_TAXES),
]

/** Business customers elsewhere in the European Union owe the tax themselves; outside it nothing is charged. */
export const OTHER_EUROPEAN_PLACES: readonly Place[] = [
  place(['Paris', '75009', null, 'Rue de Provence'], 'FR', [tax('France, reverse charge', '0')]),
  place(['Amsterdam', '1012 JS', null, 'Damrak'], 'NL', [tax('Netherlands, reverse charge', '0')]),
  place(['Wien', '1010', null, 'Kärntner Straße'], 'AT', [tax('Austria, reverse charge', '0')]),
  place(['Madrid', '28013', null, 'Gran Vía'], 'ES', [tax('Spain, reverse charge', '0')]),
  place(['Milano', '20121', null, 'Via Brera'], 'IT', [tax('Italy, reverse charge', '0')]),
  place(['Zürich', '8001', 'ZH', 'Bahnhofstrasse'], 'CH', []),
]

const JAPANESE_TAXES = [tax('Japan', '10')]

export const JAPANESE_PLACES: readonly Place[] = [
  place(['Tokyo', '100-0005', '13', 'Marunouchi 2-chome'], 'JP', JAPANESE_TAXES),
  place(['Osaka', '530-0001', '27', 'Umeda 1-chome'], 'JP', JAPANESE_TAXES),
  place(['Nagoya', '450-0002', '23', 'Meieki 4-chome'], 'JP', JAPANESE_TAXES),
  place(['Yokohama', '220-0012', '14', 'Minatomirai 3-chome'], 'JP', JAPANESE_TAXES),
  place(['Fukuoka', '810-0001', '40', 'Tenjin 2-chome'], 'JP', JAPANESE_TAXES),
]
