import { fold } from './fold.js';
import { languages, type Language } from './languages.js';

/**
 * Words that carry no meaning of their own, by language, as they are written. Words for "without" and "only" are not
 * among them: they change what is asked. The order says nothing.
 */
export const stopWordsWritten: Readonly<Record<Language, string>> = {
  de: `aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim
    bin bis bist bitte da dabei dafür daher damit dann daran darauf darf das dass daß dazu dein deine deinem deinen deiner dem
    den denn der des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch dürfen ein eine einem
    einen einer eines einige er es etwas euch euer eure eurem euren für gab gar geben gern gerne gewesen gibt habe haben
    habt hallo hat hatte hatten hätte hätten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja
    jede jedem jeden jeder jedes jetzt kann kannst können könnte könnten könnt machen man mehr mein meine meinem meinen
    meiner mich mir mit möchte möchten muss muß müssen nach noch nun ob oder schon sehr sei sein seine seinem seinen
    seiner seit sich sie sind so soll sollen sollte sollten sondern um und uns unser unsere unserem unseren unserer
    vom von vor wann war waren warum was weil welche welchem welchen welcher welches wem wen wenn wer werde werden wie
    wieder wieso will wir wird wo wofür woher wohin wollen worden wurde wurden würde würden zu zum zur zwischen über
    gibts gäbe mal dies bzw etwa wohl`,
  en: `a about after again all also am an and any are as at be because been before being between both but by can
    cannot could did do does doing done down during each either else few for from further get gets getting give given
    got had has have having he hello her here hers herself hi him himself his how i if in into is it its itself just
    know let like may me might more most much must my myself need of off on onto or other our ours ourselves out over
    own please same shall she should so some such tell than thank thanks that the their theirs them themselves then
    there these they this those through to too under until up upon us very was we were what when where which while
    who whom whose why will with would you your yours yourself yourselves i'm im ive dont doesnt didnt isnt arent
    wasnt werent cant couldnt shouldnt wouldnt wont s t don doesn didn isn aren wasn weren couldn shouldn wouldn won ll
    re ve d m`,
  fr: `à afin ai aie ait alors après as au aucun aussi autre autres aux avait avant avec avez avoir avons bien bonjour
    c ça car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci combien comme comment d dans de depuis
    des dois doit doivent donc dont du elle elles en encore entre es est et étaient était été êtes être eu eux fait faire faut
    fois font j je jusque l la là laquelle le lequel les lesquelles lesquels leur leurs lors lui m ma mais me même
    mêmes merci mes moi moins mon n ne ni nos notre nous on ont ou où par parce pas pendant peu peut peuvent peux plus
    pour pourquoi pourra pouvez pouvons près puis puisque qu quand que quel quelle quelles quels qui quoi s sa se sera serait
    ses si soit son sommes sont sous sur t ta te tes toi ton tous tout toute toutes très tu un une va vais vers veux vos votre
    voudrais vous voulez y il ils aujourd hui `,
  es: `a al algo algún alguna algunas alguno algunos ante antes aquel aquella aquellas aquellos aquí así aun aún
    aunque bien cada como cómo con cual cuál cuales cuáles cualquier cuando cuándo cuanta cuánta cuánto cuanto cuantos cuántos de
    del desde donde dónde dos durante e el él ella ellas ello ellos en entre era eran eres es esa esas ese eso esos
    esta está estaba están estar estas este esté esto estos estoy favor fue fueron ha haber había hace hacer hacia han
    has hasta hay he hemos hola la las le les lo los más me mediante mi mis mí mucha mucho muchos muy nada ni nos
    nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero poder podemos podría por porque
    pregunta pueda puede pueden puedo pues que qué quien quién quiero ya yo se sea según ser será si sí sido sobre
    sois somos son soy su sus suya suyo también tan tanto te tenemos tener tengo ti tiene tienen toda todas todo
    todos tu tú tus un una unas uno unos usted ustedes va vamos vosotros gracias`,
  it: `a abbiamo ad agli ai al alla alle allo all anche ancora avere aveva avete ben c che chi ci ciao ciò coi col come con
    cosa così cui d da dagli dai dal dall dalla dalle dallo dei degli del dell della delle dello deve devo di dov dove dopo
    due e è ed era erano essere fa fare fino fra gli grazie ha hai hanno ho i il in io l la le lei li lo loro lui ma
    me mi mia mie miei mio molto negli nei nel nell nella nelle nello noi non nostra nostre nostri nostro o ogni
    oppure per perché però più poi posso possiamo potrei prima può puoi qual quale quali quando quanta quanto quanti
    quante quel quella quelle quelli quello quest questa queste questi questo qui quindi s sarà se sei sì si sia siamo siete
    sono sta stato stata su sua sue sugli sui sul sull sulla sulle suo suoi te ti tra tu tua tue tuo tuoi tutta tutte
    tutti tutto un una uno va vi vogliamo voglio voi vorrei vostra vostre vostri vostro dello`,
  nl: `aan al alle alles als alstublieft altijd andere ben bij daar dan dank dat de deze die dit doch doen door dus een eens
    en er gaan geweest graag had hadden hallo heb hebben hebt heeft hem het hier hij hoe hoeveel hun iemand iets ik in
    is ja je jij jou jouw jullie kan kun kunnen kunt maar mag me meer men met mij mijn moet moeten mogen na naar nog
    nu of om omdat ons onze ook op over per s te tegen toch toen tot u uit uw van veel voor waar waarom waren was wat
    we wel welk welke wie wij wil willen word worden wordt zal ze zei zelf zich zij zijn zo zou zouden zullen 't wanneer
    gaat jullie haar bent zoals`,
  pl: `a aby ach albo ale ani aż bardzo będą będę będzie bo by był była było były być chcę chcemy ci cię co
    coś czy czyli czym dla dlaczego do gdy gdyby gdzie go i ich ile im in innych inny iż ja ją jak jaka jaki jakie jako
    je jego jej jest jestem jesteśmy jeszcze jeśli jeżeli już każdy każda kiedy kim kto ktoś która które którego której
    który których którym którzy lub ma mam mamy mają mi mnie moja moje może możemy można mogę mój mu my na nad nam nami
    nas nasz nasza nasze nią nich nim niż no o od on ona one oni oraz pan pani po pod podczas ponieważ poza proszę przed
    przez przy są się skąd swoje ta tak taka takie także tam te tego tej ten to tobą tu twój ty tych tym u w wam
    was wasz we więc wszystko wszystkie wy z za zawsze ze że żeby dzień dobry dziękuję`,
  pt: `a à ainda ao aos aquela aquele aqueles aquilo as às até bem boa bom cada com como contra da daquele das de dela
    dele deles depois desde dessa desse desta deste deve do dois dos durante e é ela elas ele eles em entre era eram
    essa essas esse esses esta está estão estar estas este estes estou eu favor fazer foi foram há havia isso isto já la lhe lhes
    lo mais mas me meu meus mesmo minha minhas muito muitos na nas nessa nesse nesta neste no nos nós nossa nossas nosso nossos num numa
    o obrigado obrigada olá onde os ou para pela pelas pelo pelos per pode podem podemos podia por porque posso qual quais qualquer quando quanto
    quantos quanta que quê quem queria quero se seja ser será seu seus sido sobre são sua suas também tal tão te tem têm
    temos tenho ter teu teus tive toda todas todo todos tu tua tuas tudo um uma umas uns vai você vocês vos fica ficam`,
};

const byLanguage = (wordOf: (word: string) => string) => {
  const setOf = (language: Language): ReadonlySet<string> =>
    new Set(stopWordsWritten[language].split(/\s+/).map(wordOf));
  return new Map<string, ReadonlySet<string>>(languages.map((each) => [each, setOf(each)]));
};

const written = byLanguage((word) => word);
const folded = byLanguage(fold);

/** As they are written, small. */
export const stopWordsOf = (language: Language): ReadonlySet<string> =>
  written.get(language) ?? new Set();

/** Of a folded word; no word of an unknown language is one. */
export const isStopWord = (word: string, language: string): boolean =>
  folded.get(language)?.has(word) ?? false;

export const isStopWordOfAny = (written: string): boolean => {
  const word = fold(written.toLowerCase());
  return languages.some((language) => isStopWord(word, language));
};
