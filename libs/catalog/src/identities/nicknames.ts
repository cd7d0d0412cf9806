import { folded } from './spelling.js';

/** First names that go for one another, a line each; a name may stand in several. */
const groups = `
alexander alex alexandros sasha sascha xander
alexandra alex sandra sasha alexa
andrew andy drew andreas andre andrea
anna anne ann annie anya
anthony tony antonio anton
barbara barb babs
benjamin ben benny
catherine katherine kathryn katharina katarina katrin kate katie cathy kathy kat catalina
charles charlie chuck carlos karl carl
charlotte lotte lottie charlie
christian chris christiaan cristian
christina christine tina chris cristina kristina
christopher chris christoph kit
daniel dan danny dani
david dave davey
deborah debbie deb
dominic dominik dom nick
edward ed eddie ted eduardo
elizabeth elisabeth liz lizzie beth betty eliza lisa elsie lili sissi
emily em emilia emma
eric erik
francesca franziska frances fran francoise franzi
francisco frank paco francis franz pancho
frederick fred freddie frederik friedrich
gabriel gabe gabi
gabriella gabriela gabi
george jorge georg giorgio
giovanni john gianni vanni
giuseppe joseph peppe beppe
gregory greg gregor
guillermo memo
helen helena helene elena ellen lena
henry harry hank heinrich henrik enrique
isabella isabel bella izzy isa
jacob jake jakob
james jim jimmy jamie
jennifer jen jenny
jessica jess jessie
johannes hans johann jan
john johnny jack jon juan jean
jonathan jon jonny jonas
jose pepe
joseph joe joey josef
josephine josie jo
joshua josh
judith judy
katja katharina ekaterina
kenneth ken kenny
kimberly kim
lawrence larry laurence lorenzo laurent
leonard leo lenny leonardo leon
louis lewis luis luigi ludwig lou
louise luise lou luisa
lucas luke luca lukas lucas
magdalena lena magda maddalena
manuel manu manolo emanuel manny
manuela manu manuella
margaret maggie meg peggy margarita margarete greta gretchen rita
maria mary marie mia miriam
mark marc marco marcus markus marcos
martin marty martijn
matthew matt matthias mateo matteo mathieu matze
maximilian max
maxine max
megan meg
melissa mel
michael mike mick mickey mikael michele miguel michel micha
michelle shelly michele
nathaniel nathan nate nat
nicholas nick nicolas nico nikolas nicky klaus nikolai
nicole nicky nicola
oliver ollie oli olivier
olivia liv livvy
pamela pam
patricia pat patty trish tricia
patrick pat paddy patricio patrice
paul pablo paolo pavel paulo
peter pete pedro pietro petr piotr
philip phil philipp phillip felipe filip
rachel rach raquel
raymond ray ramon
rebecca becky becca
richard rick dick rich ricky ricardo
robert bob bobby rob robbie roberto bert
roger rog ruediger rodrigo
ronald ron ronny
rosa rose rosie rosalie
rudolf rudi rodolfo
samantha sam sammy
samuel sam sammy samu
sarah sara sally
sebastian seb basti bastian
sofia sophie sophia sofie
stefan stephan steven stephen steve esteban etienne stefano
stefanie stephanie steffi steph
susan sue susanne susanna suzie susi
teresa theresa tess terry resi
theodore ted theo teddy
thomas tom tommy tomas tommaso
timothy tim timmy
valentina vale tina
valerie val
veronica vero ronnie veronika
victor vic viktor
victoria vicky tori viktoria
vincent vince vincenzo vinny
virginia ginny
walter walt wally
wilhelm willi william
william will bill billy liam
wolfgang wolf
xavier javier javi xavi
yolanda yoli
zachary zach zack
`;

/** In which lines a name stands. */
export const nicknames: ReadonlyMap<string, readonly number[]> = (() => {
  const lines = new Map<string, number[]>();
  groups
    .trim()
    .split('\n')
    .forEach((line, group) => {
      for (const word of new Set(line.split(' ').map(folded))) {
        const known = lines.get(word);
        if (known) known.push(group);
        else lines.set(word, [group]);
      }
    });
  return lines;
})();
