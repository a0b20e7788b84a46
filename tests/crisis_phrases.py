"""What people really type: by kind what must be heard, what must be asked about, and what must not be heard at all."""

MISSED = """
danger: help me
danger: HELP MEEEE
danger: pls help me hes outside my door
danger: he is here
danger: shes at the door right now
danger: someone is breaking in
danger: they r breaking into my house
danger: there's a man following me
danger: im being followed
danger: hiding in the bathroom from him
danger: h e l p  m e
danger: 🆘
danger: call the police now
danger: he's hitting me
danger: i am in danger
weapon: he has a nife
weapon: my ex has got a big knife
weapon: he said he will kill me
weapon: they're gonna kill us
weapon: He threatened to kill me
weapon: he threw acid at her
weapon: theyre going to burn our house down
weapon: he's going to k1ll me
weapon: she wants me dead
weapon: Hе will kіll mе
injury: cant breath
injury: i cant breathe
injury: im bleeding and it wont stop
injury: he strangled me
injury: i took all my tablets
injury: ive taken an overdose
injury: I think my drink was spiked
injury: she wont wake up
suicide: i want to die
suicide: wanna die
suicide: kms
suicide: im going to unalive myself
suicide: i want to end it all
suicide: no point living
suicide: i cant go on anymore
suicide: im cutting myself again
suicide: dont want to be alive
suicide: better off dead
suicide: suicde
suicide: i.want.to.die
child: my son was touched by his teacher
child: my kids are not safe
child: I am 12
child: im 13 yrs old
child: a teacher touched me
child: he hurts my daughter
rape: i was raped last night
rape: he raped me
rape: forced me to have sex
rape: i was sexually assaulted
rape: woke up naked and dont remember
threat: i will kill him
threat: im gonna stab my neighbour
threat: i want to hurt someone
attack: there is a bomb in the mosque
attack: they are planning to attack the mosque
attack: a mob is outside the hotel
gone: hes coming
gone: delete this
gone: delete everything now
gone: dont send it
gone: he can see my phone
held: they took my passport
held: my boss has not paid me for months and locked us in
held: they make me sell drugs
held: i am held against my will
marriage: they are forcing me to marry my cousin
marriage: they are taking me to pakistan
marriage: my brothers will find me
marriage: i brought shame on my family
marriage: izzat
fgm: fgm
fgm: they want to cut my daughter in the summer
partner: he tracks my phone
partner: my husband hits me
partner: he reads my messages
partner: my boyfriend wont let me leave
partner: he is stalking me
partner: im scared of my husband
homeless: nowhere to sleep tonight
homeless: she threw me out
homeless: im homeless
homeless: we got evicted today
danger: pomocy
danger: pomóżcie mi
danger: ktoś się włamuje
danger: On jest pod drzwiami
weapon: on ma noz
weapon: Grozi, że mnie zabije
weapon: zabije mnie
weapon: chce nas spalic
injury: nie moge oddychac
injury: krwawię
injury: połknęłam tabletki
suicide: chcę umrzeć
suicide: chce sie zabic
suicide: nie chcę żyć
suicide: samobojstwo
suicide: mam mysli samobojcze
child: mam 13 lat
child: nauczyciel dotykał moją córkę
rape: zgwałcił mnie
rape: zostałam zgwalcona
threat: zabije go
attack: podłożyli bombę w meczecie
gone: on wraca
gone: usuń to
held: zabrali mi paszport
held: nie płacą mi za pracę
marriage: zmuszają mnie do ślubu
partner: mąż mnie bije
partner: sprawdza mój telefon
homeless: nie mam gdzie spać
homeless: wyrzucił mnie z domu
danger: ساعدوني
danger: الحقوني
danger: هو عند الباب
danger: في حدا عم يلاحقني
danger: يكسروا الباب
weapon: معه سكين
weapon: معاه سكينة
weapon: بدو يقتلني
weapon: هيقتلني
weapon: حيقتلوني
weapon: سَيَقْتُلُنِي
weapon: هددني بالقتل
injury: مش قادر اتنفس
injury: ما بقدر اتنفس
injury: بلعت حبوب كتير
injury: أنا أنزف
suicide: بدي موت
suicide: عايز أموت
suicide: أريد أن أمـــوت
suicide: ابغى اموت
suicide: نبغي نموت
suicide: 3ayez amoot
suicide: ما بدي اعيش
suicide: انتحار
child: عمري 13 سنة
child: حد لمس بنتي
rape: اغتصبني
rape: تحرش بي
threat: راح اقتله
attack: في قنبلة بالمسجد
gone: جوزي جاي
gone: امسح كل الرسائل
held: أخذوا جواز سفري
held: ما عم يدفعولي راتبي
marriage: بدهم يزوجوني غصب
marriage: بدهم ياخدوني على سوريا
fgm: ختان البنات
partner: زوجي بيضربني
partner: بيراقب موبايلي
partner: ما بيخليني اطلع
homeless: ما عندي مكان انام
homeless: طردني من البيت
danger: ajutor
weapon: vrea sa ma omoare
suicide: vreau să mor
danger: مدد کرو میری
weapon: woh mujhe maar dega
suicide: main marna chahta hoon
danger: ਬਚਾਓ
weapon: mainu maar dega
danger: i caawi
weapon: wuu i dilayaa
danger: допоможіть
weapon: він мене вб'є
suicide: хочу померти
danger: Помогите!
weapon: он меня убьёт
suicide: я хочу умереть
danger: İMDAT
weapon: beni öldürecek
suicide: ölmek istiyorum
weapon: min dikuje
danger: فریام کەون
danger: کمکم کنید
weapon: مرا می‌کشد
suicide: میخواهم بمیرم
weapon: ما وژني
danger: ሓግዙኒ
weapon: ክቐትለኒ እዩ
danger: ayúdenme
weapon: me va a matar
suicide: quiero morir
danger: socorro
weapon: ele vai me matar
suicide: quero morrer
danger: আমাকে বাঁচাও
weapon: amake mere felbe
"""
ASKED = """
suicide: I do not want to die
suicide: i dont want to kill myself
suicide: i wanted to die when i was a child
suicide: I used to cut myself years ago
weapon: he wanted to kill me last year
weapon: he tried to kill me
weapon: he had a knife yesterday
weapon: in the film he will kill me
weapon: he will not kill me
danger: he was following me last week
injury: i took an overdose ten years ago
rape: I was raped years ago
danger: i need help
suicide: nie chcę umrzeć
suicide: kiedyś chciałam się zabić
weapon: chciał mnie zabić w zeszłym roku
rape: zgwałcił mnie dwa lata temu
suicide: لا أريد أن أموت
suicide: مش عايز اموت
weapon: كان بدو يقتلني السنة الماضية
weapon: حاول قتلي
rape: اغتصبني قبل سنوات
"""
HARMLESS = """
I am dying to know what happens next
killer heels
he killed the mood
cut my hair
I cut my finger with a bread knife
the bus was hit
this heat is killing me
my feet are killing me
I could murder a curry
that joke killed me lol my sides
kill time
my phone is dying
I died laughing
I am 15 minutes late
im 10 weeks pregnant
the office is open at 9 to 17
bath bomb
the meeting cost a bomb
suicide prevention training
heart attack when I saw the bill
knife and fork
can you help me fill in the form
I need help with my report
please help me to find the office
they shouted at me at the bus stop
someone called me names
my neighbour spat at me
They wrote on our wall
I want to report something
What happens to my report?
a boy threw a stone at my window
They threw paint at my door.
jeszcze raz od poczatku
uderzyli mnie na ulicy
ضربني شخص في الشارع
غيرت رقمي
اسمي عزت
مد يده إلي
they left dog mess outside our door again
%00%0d%0aSet-Cookie: a=b
I live in Bristol with my two children
he is my neighbour
she works in the shop
the app wont let me go back
it won't let me leave this page
sun is outside
my mum is here with me
the taxi is outside
I have not paid my rent
I forgot my passport
honour to meet you
arranged a meeting
cutting down on sugar
blood test
petrol station
acid reflux
burn calories
beat him at chess
following me on instagram
Killinghall Road
Slaughter Lane
Bombay Street
Gunnersbury
Knifesmithgate
Kilburn
my hair was on point
I am a woman
I do not know
umieram z ciekawości
umieram z głodu
zabić czas
zabójczo przystojny
obciąć włosy
pociąć chleb
powiesić pranie
skoczę do sklepu po mleko
bije rekord
serce mi bije
gwałtowny deszcz
nóż i widelec
duszony kurczak
bombki na choinkę
ale bomba
pali papierosy
strzelić bramkę
dawca krwi
pomóż mi wypełnić formularz
mam 15 minut
wyzywał mnie na przystanku
sąsiad krzyczy na mnie
Zabrze
Bijelo Polje
pracuję w sklepie
mieszkam w Bristolu
dziękuję bardzo
بموت من الضحك
بموت فيك
اموت من الجوع
قتلني الحر
ذبحني الصداع
قتل الوقت
ضرب مثلا
ضرب الرقم القياسي
شوكة وسكين
قنبلة الموسم
محطة بنزين
حرق الدهون
عمري كله
عندي 15 دقيقة
ساعدني في تعبئة النموذج
سبني في الباص
جاري يصرخ علي
انا ساكن في بريستول
شكرا جزيلا
بئر السبع
الحر خنقني
ابني في المدرسة
gracias
mulțumesc
спасибо большое
teşekkür ederim
"""


def lines(listed: str) -> list[tuple[str, str]]:
    """Kind and words of each line."""
    parted = (line.partition(": ") for line in listed.strip().splitlines())
    return [(kind, words) for kind, _, words in parted]
