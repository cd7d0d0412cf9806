import { folded } from '../../texts/folded.js';

/** Words that put a statement together and state nothing themselves, in the eight languages. */
const words = `yes locate located situated found find available use used note source sources state states stated say says said
  according mention mentioned list listed called named name please also costs cost via
  ja befinden befindet finden findet liegt liegen verfügbar steht stehen laut quelle quellen angabe angegeben heißt lautet kostet nutzen
  bitte beträgt
  oui situé située trouve trouvent trouver disponible selon source indique indiqué appelle coûte utiliser veuillez
  sí encuentra encuentran encontrar disponible según fuente indica llama cuesta usar situado situada
  trova trovano trovare disponibile secondo fonte indica chiama costa usare situato situata
  bevindt bevinden vinden vindt beschikbaar volgens bron staat heet kost gebruiken gelegen
  tak znajduje znajdują znaleźć dostępny dostępne dostępna według źródło nazywa kosztuje używać
  sim encontra encontram encontrar disponível segundo fonte indica chama custa usar situado situada fica`;

const glue: ReadonlySet<string> = new Set(words.split(/\s+/u).map(folded));

export const isGlueWord = (written: string): boolean => glue.has(folded(written));

/** How an answer begins; "no" before what denies nothing would turn it round. */
export const YES = /^(?:yes|ja|oui|sí|si|sì|tak|sim)(?=[\s,.:!–—-])/iu;
export const NO = /^(?:no|nein|non|nee|nie|não)(?=\s*[,.:!–—-])/iu;
