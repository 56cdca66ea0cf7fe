"""English words that tell what a capital letter means: names, or only the manners of writing."""

from __future__ import annotations

# Words that are also names. In lower case, or first in a sentence, they are taken for words.
COMMON_NAMES = frozenset(
    """
    abby ace al alba alpha amber ami angel angie april art ash asia august aura aurora autumn avery baker banks
    barb basil bay bell belle ben berry best beth bill bishop black blanch blue bob bond booker booth boots brandy
    bright brook brooks brown buck bud buddy bunny bush butler cam candy cane carol carter case cash chad chance
    charity chase chastity cherry chi china christian christmas church clay cliff cole colt cook cooper coral corn coy
    cross crystal curry daisy dale dan dana dawn day dean deb destiny dick dixie dolly don drew duke dusty earl early
    earnest east easter ebony ed eden era faith fay fern field fish fisher fletcher flint flora ford forest foster fox
    frank franks free freeman friend gale garland gay gene gentle ginger glass glen glory gold golden good grace
    graham grant gray green grey guy hall harmony harper hart hay hays hazel heath heather heaven hill holiday holly
    honey hope house hung hunt hunter iris iron ivory ivy jack jade jasmine jay jean jersey jet jewel jo john joy june
    junior justice ken king kitty knight lake lamb lan lance lane lark last laurel law lea lee levy lily
    little long lord love lucky mac magnolia march margarita marina mark marsh marshall marvel
    mason max may meadow melody mercy merle merry meta mike mild miles mill miller mills missy misty mitch mona
    monk moody moon moore myrtle nan nick night noble noel nora north nova novella olive opal ora
    page paige pansy paris park parker parks pat patience pearl peg penny pepper per perry pet petal peter piper pitt
    pond poppy porter power precious price prince princess prudence queen rain randy raven ray reed reese reid
    rice rich ring rob robin rock rocky rod roman rose rosemary rowan royal ruby rush rusty ruth sage sal salt sandy
    sang serenity shade sharp shell sherry sierra silver singer sky smart smith snow son spring star stark
    steel sterling stew stone storm strong sue summer sun sung sunny swan swift tad tai tanner taylor temple terry
    tiara tiger tim tracy trinity troy true tucker turner ty van velvet verity victor victoria viola violet
    wade walker wall wang ward waters wells west wheat white whitey wild will willow win windy wing winter wise wood
    woods words young
    """.split()
)

# Words that stand before a name and are no part of it.
TITLES = frozenset(
    """
    mr mrs ms miss mx dr doctor prof professor pastor reverend rev father sister brother nurse coach judge officer
    detective sergeant sgt captain capt lieutenant lt major colonel principal uncle aunt auntie aunty grandma grandpa
    granny nana sir madam rabbi imam deacon bishop senator president counselor counsellor therapist teacher cousin
    sheikh sensei tia tio chef lady lord dame
    """.split()
)
# After one of these a capital letter starts a name whatever the word, even first in a sentence.
STRONG_TITLES = frozenset(
    "mr mrs ms mx dr prof rev sgt capt lt pastor reverend professor detective officer sergeant rabbi imam".split()
)

# Capitals that name nobody: written so in any text of the field.
CAPITALS = frozenset(
    """
    i i'm i'd i'll i've im monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays
    thursdays
    fridays saturdays sundays mon tue tues wed thu thur thurs fri sat january february march april may june july
    august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    english spanish french german italian chinese mandarin cantonese japanese korean vietnamese thai hindi urdu punjabi
    bengali tamil telugu arabic hebrew farsi persian turkish russian polish ukrainian portuguese brazilian greek dutch
    swedish norwegian danish finnish irish scottish welsh british american americans african asian european
    latino latina latinx hispanic mexican puerto rican cuban dominican haitian jamaican nigerian ghanaian kenyan
    somali ethiopian indian pakistani filipino filipina tagalog canadian australian kiwi indigenous aboriginal maori
    native caucasian black white western eastern northern southern southerner yankee swahili yoruba igbo creole
    catholic catholics christian christians christianity protestant methodist baptist lutheran presbyterian mormon
    jewish judaism muslim muslims islam islamic hindu hinduism buddhist buddhism sikh orthodox pentecostal evangelical
    atheist quaker god gods god's lord jesus christ bible koran quran torah allah buddha heaven hell satan devil
    ramadan eid passover hanukkah diwali lent communion mass advent purim yom kippur rosh hashanah shabbat sabbath
    christmas easter thanksgiving halloween new year's year eve valentine's valentines mother's father's mothers
    fathers day labor memorial independence kwanzaa carnival super bowl boxing bank holiday veterans
    mom mum mommy mummy mama mamma ma momma dad daddy papa pop pa nan nana granny grandma grandpa grandad granddad
    gran grandmother grandfather auntie aunt uncle sis bro sister brother mother father son honey baby sweetheart dear
    mr mrs ms miss mx dr doctor prof professor sir ma'am madam counselor counsellor coach therapist nurse pastor
    reverend rev officer judge principal teacher captain detective sergeant
    internet facebook instagram insta twitter tiktok snapchat whatsapp zoom skype google gmail youtube netflix hulu
    spotify uber lyft amazon ebay tinder bumble hinge reddit linkedin iphone ipad ipod android siri alexa xbox
    playstation nintendo fortnite minecraft lego disney costco starbucks mcdonald's mcdonalds walgreens cvs
    walmart target ikea tesco asda aldi lidl boots coke pepsi coca cola band-aid kleenex tupperware jell-o crock-pot
    visa mastercard amex american express paypal venmo zelle medicare medicaid medi-cal obamacare wi-fi wifi bluetooth
    facetime messenger discord telegram signal teams outlook excel word powerpoint photoshop
    ok okay tv tvs dvd pc usb gps atm id ids pin pins ceo hr it ai faq pdf sms
    ptsd adhd add ocd cbt dbt act emdr ifs mi sud bpd gad mdd ocd phq phq-9 gad-7 bdi pcl isi epds audit dsm icd odd
    asd tbi iq eq er ed icu ob gyn mri ct ecg ekg iv rn lpn md phd ba bs ma msw lcsw gp np pa rd ot pt slp cna bp bmi
    a1c std sti hiv aids uti copd covid covid-19 flu dna va va's aa na ca al-anon alanon nar-anon naranon cps dcf dcfs
    apa
    iep 504 ged gpa sat act lsat mcat ap pta ra esl hoa irs dmv dui dwi llc ira ssi ssdi nhs dwp uk us usa u.s u.s.a
    eu un fbi cia nasa nato am pm a.m p.m est pst cst gmt bc ad dob ssn asap fyi lol omg btw ps rip lgbt lgbtq lgbtq+
    eap ptas cpr cpap suv bbq diy rv nsaid ssri ssris snri maoi brp aadhaar pan pesel panda lifeline samaritans
    alzheimer's alzheimers alzheimer parkinson's parkinsons asperger's aspergers tourette's down's lewy crohn's
    hodgkin's
    lyme huntington's munchausen stockholm bell's hashimoto's graves beck hamilton edinburgh freud freudian jung jungian
    rogerian socratic adlerian gestalt bowen gottman maslow pavlov skinner rorschach likert burnout
    prozac zoloft lexapro celexa paxil cymbalta effexor wellbutrin xanax ativan klonopin valium ambien lunesta trazodone
    remeron buspar abilify seroquel zyprexa risperdal latuda lithium depakote lamictal tegretol topamax neurontin
    gabapentin lyrica adderall ritalin concerta vyvanse strattera intuniv suboxone methadone naltrexone vivitrol
    antabuse narcan aricept namenda exelon tylenol advil aleve motrin ibuprofen benadryl nyquil melatonin metformin
    insulin lipitor lisinopril synthroid prednisone humira ozempic wegovy viagra cialis yaz mirena plan b percocet
    vicodin oxycontin oxycodone fentanyl morphine marijuana cbd thc nicorette chantix etizola amitriptyline sertraline
    fluoxetine citalopram escitalopram mirtazapine propranolol diazepam lorazepam quetiapine olanzapine haldol
    vitamin pepto eliquis plavix warfarin lasix januvia jardiance sinemet donepezil memantine pregabalin duloxetine
    venlafaxine ensure depends pampers pedialyte
    congress senate parliament constitution democrat democrats republican republicans democratic liberal tory labour
    army navy marines marine air force police home office social security services supreme court earth mars moon sun
    north south east west northeast northwest southeast southwest midwest
    """.split()
)

# Ordinary words as they stand in titles of books, tests and programmes, or first in a quoted sentence.
ORDINARY = frozenset(
    """
    a an the and or but nor so yet if then than that this these those there here what when where who whom whose which
    why
    how he she it we they you me him her us them my your his its our their mine yours hers ours theirs myself yourself
    himself herself itself ourselves themselves is are was were be been being am do does did done doing have has had
    having can could will would shall should may might must not no yes yeah yep yup nope nah uh um er hmm huh mm mhm
    oh ah aw ow wow hey hi hello bye goodbye thanks thank please sorry well okay ok right sure fine great good nice
    really actually honestly basically maybe perhaps probably definitely exactly anyway also too just only even still
    already always never sometimes often usually again once twice soon later now today tonight tomorrow yesterday
    of in on at by for with about against between into through during before after above below to from up down out off
    over under as until while because although though since unless whether per via like unlike near without within
    one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand first
    second third fourth fifth sixth seventh eighth ninth tenth last next another other each every both either neither
    all
    any some many much more most few less least several enough such same own very quite rather pretty
    let lets let's that's it's what's there's here's he's she's who's how's where's when's i'm you're we're they're
    you've
    we've they've you'll we'll they'll he'll she'll it'll don't doesn't didn't won't wouldn't can't couldn't isn't
    aren't
    wasn't weren't haven't hasn't hadn't shouldn't ain't gonna gotta wanna dunno kinda sorta cause 'cause cuz
    be go going went gone come came coming get got getting give gave given giving make made making take took taken
    taking see saw seen seeing say said says saying tell told telling ask asked asking think thought thinking know knew
    known knowing feel felt feeling feelings look looked looking find found keep kept leave left put set run ran try
    tried trying need needed want wanted work worked working call called calling talk talked talking speak speaking
    hear heard listen listening read reading write writing wrote written walk walking sit sitting stand stop stopped
    start started begin end hold hold help helped helping show play playing live lived living love loved hate hope hoped
    wait waiting stay stayed move moved turn turned open close closed pay paid send sent drive drove eat eating ate
    drink drinking sleep sleeping wake woke wish remember forget breathe breathing remind bring brought buy bought
    happy sad angry mad tired sick lonely alone afraid scared worried anxious calm safe better worse best worst hard
    easy long short big small little old new young high low hot cold full empty early late fast slow strong weak
    true false real different whole part half tight loose main local state federal national public private special
    people person man woman men women boy girl boys girls kid kids child children baby friend friends family families
    parent parents husband wife partner boss team group groups class school work job home house room door bed table
    car bus train phone call text email letter list book page pages chapter notes note form forms card file files
    number name names word words question questions answer story life death time times day days night morning
    afternoon evening week weekend month year years hour hours minute minutes thing things way ways place world
    body mind brain heart head hand hands eye eyes face voice back food water coffee tea money bill bills
    anger anxiety depression stress grief panic trauma shame guilt fear pain sleep mood self care health mental
    therapy session sessions treatment program programme plan goal goals step steps skill skills practice exercise
    inventory scale questionnaire test tests score scale index survey study guide manual workbook journal training
    support helpline hotline line crisis emergency unit service services board council agreement policy act law
    intensive outpatient cognitive behavioral behavioural dialectical acceptance commitment motivational interviewing
    eye movement psychiatry psychology counseling counselling psychotherapy psychologist psychiatrist anonymous
    alcoholics narcotics disorder syndrome disease attention deficit obsessive compulsive bipolar
    speaker client caregiver interviewer interviewee participant patient moderator facilitator interpreter
    mindfulness meditation gratitude yoga pilates boundaries
    red blue green yellow black white pink brown orange purple gold silver
    street road avenue lane north south east west dear sincerely regards love
    note warning important attention welcome congratulations cheers
    everybody everyone nobody somebody anybody nothing something anything everything
    amen hallelujah lunch dinner breakfast supper
    """.split()
)

# A run of capitals that holds one of these is an organisation's name.
ORGANISATIONS = frozenset(
    """
    university college school academy institute kindergarten preschool elementary montessori hospital clinic infirmary
    hospice medical health healthcare wellness rehab rehabilitation counseling counselling psychology psychiatry
    therapy center centre church chapel cathedral parish temple mosque synagogue ministries ministry fellowship
    foundation trust charity society association council committee coalition union federation alliance league club
    company co corp corporation inc llc llp ltd plc gmbh group holdings partners associates solutions systems
    technologies software labs industries manufacturing logistics construction roofing plumbing electric electronics
    motors auto foods bakery diner cafe café restaurant grill pizza coffee brewing brewery pub tavern bar hotel motel
    inn bank credit savings insurance mutual assurance financial capital investments realty properties housing
    apartments pharmacy dental veterinary gym fitness library museum theatre theater orchestra gazette times herald
    police sheriff's department dept bureau agency office authority commission court prison jail shelter district
    services service programme program network airlines airways freight trucking transport transit rail railway
    infosystems telecom energy oil gas steel forge mills supply tool tools hardware market markets grocery store stores
    shop boutique salon spa studio studios productions press publishing media consulting marketing staffing security
    catering farms farm dairy orchards vineyards nursery nurseries playgroup seminary monastery congregation praise
    scouts legion guild team rigging fulfillment co-op cooperative lodge surgery practice cu
    """.split()
)
# A run of capitals that ends with one of these is a place.
PLACES = frozenset(
    """
    street st avenue ave road rd lane ln drive dr boulevard blvd court ct place pl terrace way close crescent square
    highway hwy parkway route turnpike bridge tunnel park gardens garden plaza mall river creek lake pond bay beach
    harbor harbour coast island islands isle peninsula falls springs mountain mountains mount hill hills heights ridge
    valley canyon desert forest woods meadows county city town township village borough parish province state district
    territory airport station terminal port pier hall tower towers house dorm estate cemetery stadium arena
    """.split()
)
STREETS = frozenset("street avenue ave road rd lane drive boulevard blvd court terrace highway parkway hall".split())
DIRECTIONS = frozenset("north south east west northern southern eastern western".split())
# Before a name of unknown kind these tell a place, the others somebody's employer or school.
IN_PLACE = frozenset("in to near from around outside across toward towards through into of visiting leaving".split())
AT_WORK = frozenset("at for with".split())
WORK = (
    r"\b(?:work(?:s|ed|ing)?|job|employed|shift|hired|fired|intern(?:ed|ship)?|volunteer(?:s|ed|ing)?|stud(?:y"
    r"|ies|ied|ying)"
    r"|enrolled|student|teach(?:es)?|taught|admitted|treated|appointment|seen|calling)\b[^.!?\n]{0,30}\b(?:at"
    r"|for|with|from|by)$"
)
# After "Will", "May", "Hope" first in a sentence these show that it is a word.
AFTER_WORDS = frozenset(
    """
    i you he she it we they that this these those there the a an my your his her our their do not never be is so to of
    for and or
    all any some one day days every each at on in with as well hi me us him them what if
    """.split()
)
PERSON_VERBS = frozenset(
    """
    said says told tells called calls came comes went goes thinks thought wants wanted got gets gave took keeps kept
    knows knew
    asked asks left moved works worked lives lived died drove texted yelled hugged cried laughed loves hates needs
    feels felt
    """.split()
)
# Words before "school", "centre" and the like that tell only its sort.
GENERIC = frozenset(
    """
    nursing medical graduate grad law business art arts dance driving summer sunday day public private local middle
    primary secondary
    high junior senior catholic baptist grocery hardware drug coffee shoe book thrift dollar psychiatric mental
    emergency urgent
    children's women's men's veterans care rehab nail hair beauty parking shopping mobile animal vet call home family
    support recovery
    crisis legal welfare food soup pet trailer car tire auto phone credit debit gift post head front back main field
    tax doctor's
    doctors dentist lawyer's disability unemployment human resources general regional community memorial national
    state city county
    town village small big large new old nice whole same different other every first second third last next best good
    bad great community
    hospital clinic school college university church center centre office station store shop market bank hotel
    restaurant bar pub club
    company group team program service services agency department gym library museum theater court prison jail shelter
    district
    shopping outlet strip training visitor visitors call data distribution fulfillment warehouse detox outpatient
    inpatient day-care daycare
    oncology dialysis maternity pediatric cardiac stroke memory pain sleep eating weight health wellness fitness yoga
    weed gas petrol
    police fire train bus subway metro side dirt gravel back main busy high country long wrong right other whole baby
    water city green
    dog skate theme amusement water car ball trailer national state prayer bible choir study support therapy men's
    women's singles
    foster adoption social child protective customer client night late graveyard double extra split food fast
    family-run corner
    life car home health dental vision travel pet title mortgage student loan loans trust christmas christian youth
    language
    bible online med pre boarding reform charter cooking beauty trade technical vocational evening night music film
    acting flight
    """.split()
)
