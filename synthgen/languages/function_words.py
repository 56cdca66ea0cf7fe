"""The commonest small words of languages in Latin letters, by language code: what their sentences cannot do without.

They are the pronouns, articles, prepositions, auxiliaries and particles that anyone who speaks the language would list,
in lower case. Single letters are left out, since initials and list marks look like them. A word that several
languages have stands under each of them.
"""

from __future__ import annotations

_LISTED = {
    "en": """
        the be to of and in that have it for not on with he as you do at this but his by from they we say her she or
        an will my one all would there their what so up out if about who get which go me when make can like no just
        him know take into your some could them than then now only its over think also after how our well way even
        want because any these give us is are was were am been being has had did does don't can't i'm it's i've i'd
        i'll didn't doesn't isn't wasn't won't that's he's she's you're they're too very more much where why should
        feel ever still before again never every since nothing something im dont cant
    """,
    "de": """
        der die das den dem des ein eine einen einem einer eines und oder aber ich du er sie es wir ihr mich mir
        dich dir ihn ihm uns euch ist sind war waren bin bist hat habe haben hatte hatten wird werden wurde nicht
        kein keine mit von zu zum zur auf für an am im in ins aus bei nach vor über unter durch um als wie wenn weil
        dass daß ob was wer wo warum mein meine meinen meinem meiner dein deine sein seine ihre auch noch nur schon
        sehr so mehr immer wieder kann können muss müssen will wollen soll sollen würde würden könnte dann da hier
        jetzt man sich doch mal nichts etwas alles alle diese dieser dieses seit ohne gegen weiß gibt
    """,
    "fr": """
        le la les un une des du de et ou mais je tu il elle on nous vous ils elles me te se moi toi lui leur ce cet
        cette ces mon ma mes ton ta tes son sa ses notre nos votre vos est suis es sont était étais ai as avons avez
        ont avait avais être avoir fait faire ne pas plus que qui quoi où quand comment pourquoi si dans sur sous
        avec sans pour par en au aux chez entre vers depuis avant après très bien peu trop aussi encore toujours
        jamais rien tout tous toute toutes même comme parce alors donc peut peux veux dois car à ça cela c'est j'ai
        n'est qu'il qu'elle d'un d'une l'on deux quelque quelques
    """,
    "es": """
        el la los las un una unos unas y de del pero que qué quien cual cuando cuándo como cómo donde dónde por
        porque para con sin en al se me te le lo les nos mi mis tu tus su sus yo tú él ella nosotros ellos ellas
        usted ustedes es soy eres son era fue fueron ser estar está estoy están estaba he ha han había hay tengo
        tiene tienen tener hacer hace no sí si más menos muy mucho mucha muchos ya también todo toda todos todas
        nada algo nunca siempre desde hasta sobre entre después antes ahora cada este esta esto estos ese esa eso
        aquel otro otra así aún todavía puedo puede quiero mí
    """,
    "pt": """
        os as um uma uns umas de do da dos das no na nos nas em por pelo pela para com sem ou mas que quem quando
        como onde porque se me te lhe eu tu ele ela nós eles elas você vocês meu minha meus minhas teu tua seu sua
        seus suas é sou são era foi foram ser estar está estou estão estava tenho tem têm ter tinha há fazer faz não
        sim mais menos muito muita muitos já também todo toda todos todas tudo nada algo nunca sempre desde até
        sobre entre depois antes agora cada este esta isto esse essa isso aquele outro outra assim ainda posso pode
        quero à às ao aos gente mim só nele dele dela comigo
    """,
    "it": """
        il lo la gli le un uno una di del dello della dei degli delle al allo alla ai alle da dal dalla in nel nella
        nei con su sul sulla per tra fra ed ma che chi cosa quando come dove perché se mi ti ci vi si io tu lui lei
        noi voi loro mio mia miei mie tuo tua suo sua nostro è sono sei siamo era ero erano essere ho hai ha abbiamo
        hanno avere aveva fare fa non più meno molto molta poco già anche tutto tutta tutti tutte niente nulla
        qualcosa mai sempre ancora dopo prima adesso ora ogni questo questa questi quello quella così posso può
        voglio devo solo mentre però quindi stato stata c'è dell all nell
    """,
    "nl": """
        de het een en of maar ik jij je hij zij ze wij we jullie mij me jou hem haar ons hun mijn jouw zijn uw is
        ben bent was waren heb hebt heeft hebben had hadden wordt worden werd niet geen met van te tot op voor aan
        in uit bij na naar over onder door om als wanneer omdat dat die dit deze wat wie waar waarom hoe ook nog al
        alleen heel erg zo meer altijd weer nooit kan kunnen moet moeten wil willen zou zouden zal dan daar hier nu
        er men zich toch iets niets alles alle sinds zonder tegen weet helemaal mezelf veel goed
    """,
    "sv": """
        jag du han hon den det vi ni de mig dig honom henne oss er dem min mitt mina din ditt sin sitt sina hans
        hennes och eller men att som är var vara varit har hade ha inte ingen inget en ett av till från på med för
        om vid efter före över under mellan utan mot hos när hur vad vem varför där här då nu också bara mycket mer
        alltid aldrig igen kan kunde ska skulle vill ville måste får fick gör blir blev så man sig sedan något allt
        alla detta denna
    """,
    "da": """
        jeg du han hun den det vi de mig dig ham hende os dem min mit mine din dit sin sit hans hendes og eller men
        at som er var være været har havde have ikke ingen intet en et af til fra på med for om ved efter før over
        under mellem uden mod hos når hvordan hvad hvem hvorfor hvor der her da nu også kun bare meget mere altid
        aldrig igen kan kunne skal skulle vil ville må får fik gør bliver blev så man sig siden noget alt alle dette
        denne
    """,
    "no": """
        jeg du han hun den det vi dere de meg deg ham henne oss dem min mitt mine din ditt sin sitt hans hennes og
        eller men at som er var være vært har hadde ha ikke ingen en et ei av til fra på med for om ved etter før
        over under mellom uten mot hos når hvordan hva hvem hvorfor hvor der her da nå også bare mye mer alltid
        aldri igjen kan kunne skal skulle vil ville må får fikk gjør blir ble så man seg siden noe alt alle dette
        denne
    """,
    "pl": """
        ja ty on ona ono my wy oni mnie mi cię ci go mu jej jego ich nam nas was się siebie mój moja moje moim mojej
        twój twoja to ten ta te tego tej tym tych jest są był była było być mam ma mają miał nie tak ale lub albo że
        żeby bo gdy kiedy jak co kto gdzie dlaczego czy we ze na do od po za przed przez pod nad dla już jeszcze
        tylko też bardzo więcej zawsze nigdy znowu mogę może można chcę muszę wszystko nic coś każdy teraz potem
        jeśli
    """,
    "tr": """
        ben sen biz siz onlar beni bana benim bende benden seni sana senin onu ona onun bizi bize bizim bir bu şu ve
        veya ama fakat ile için gibi kadar daha çok az en de da ki mi mı mu mü ne neden nasıl kim nerede zaman değil
        var yok her hiç şey şimdi sonra önce artık hala bile sadece olarak olan oldu oluyor olduğunu diye çünkü eğer
        sürekli kendimi kendi böyle
    """,
    "vi": """
        tôi bạn anh em chị ông bà mình nó họ chúng ta của và hoặc nhưng là có không được đã đang sẽ chưa rồi thì mà
        để cho với từ đến trong ngoài trên dưới khi nếu vì nên cũng còn vẫn chỉ rất quá lắm hơn nhất những các một
        hai mỗi này đó kia ấy gì nào sao ai đâu thế như vậy lại ra vào lên xuống đi về phải muốn biết nói làm cảm
        thấy người nhà con mẹ bố cả mọi bị hãy thể điều
    """,
    "id": """
        saya aku kamu anda dia kami kita mereka ini itu yang dan atau tetapi tapi dengan untuk dari ke di pada dalam
        adalah ada tidak bukan belum sudah telah akan sedang bisa dapat harus mau ingin juga lagi masih hanya saja
        sangat lebih paling karena jika kalau ketika saat seperti apa siapa mana kapan bagaimana mengapa kenapa oleh
        sebagai tentang antara setelah sebelum semua setiap banyak sering selalu pernah orang hal nya agar merasa
        membuat sampai jadi nggak gak
    """,
}
FUNCTION_WORDS = {language: frozenset(listed.split()) for language, listed in _LISTED.items()}
