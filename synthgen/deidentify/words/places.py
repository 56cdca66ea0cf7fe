"""Countries, states and large cities in English: places whatever the words around them."""

from __future__ import annotations

# A line each of one-word and of longer names, in lower case. Names that are words or people's too are out.
_ONE = """
    afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh barbados
    belarus
    belgium belize bolivia bosnia botswana brazil britain bulgaria cambodia cameroon canada chile colombia congo croatia
    cuba cyprus czechia denmark ecuador egypt england eritrea estonia ethiopia europe africa asia america fiji finland
    france gambia germany ghana greece guatemala guyana haiti honduras hungary iceland india indonesia iran iraq ireland
    israel italy jamaica japan kazakhstan kenya kosovo kuwait laos latvia lebanon liberia libya lithuania luxembourg
    malawi malaysia mali malta mauritius mexico moldova mongolia morocco mozambique myanmar namibia nepal netherlands
    holland nicaragua nigeria norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar
    romania russia rwanda scotland senegal serbia singapore slovakia slovenia somalia spain sudan suriname sweden
    switzerland syria taiwan tanzania thailand tibet togo trinidad tunisia turkmenistan uganda ukraine uruguay
    uzbekistan venezuela vietnam wales yemen zambia zimbabwe
    alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa
    kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
    nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming ontario quebec alberta
    manitoba saskatchewan queensland tasmania yorkshire lancashire cornwall devon surrey essex kent sussex cumbria
    atlanta baltimore boston brooklyn buffalo chicago cincinnati cleveland dallas denver detroit fresno houston
    indianapolis louisville manhattan memphis miami milwaukee minneapolis nashville oakland omaha orlando philadelphia
    phoenix pittsburgh portland raleigh sacramento seattle spokane tampa toledo tucson tulsa wichita toronto montreal
    vancouver calgary ottawa edmonton winnipeg halifax london manchester birmingham liverpool leeds sheffield bristol
    glasgow edinburgh cardiff belfast dublin cork galway leicester nottingham newcastle brighton oxford cambridge sydney
    melbourne brisbane perth adelaide canberra hobart auckland wellington christchurch paris lyon marseille berlin
    munich hamburg frankfurt cologne vienna zurich geneva brussels amsterdam rotterdam copenhagen stockholm oslo
    helsinki madrid barcelona valencia lisbon rome milan naples athens istanbul ankara moscow warsaw krakow prague
    budapest bucharest kyiv kiev beijing shanghai guangzhou shenzhen chengdu wuhan nanjing hangzhou chongqing taipei
    tokyo osaka kyoto seoul busan bangkok hanoi saigon manila jakarta delhi mumbai bombay bangalore bengaluru chennai
    kolkata calcutta hyderabad pune karachi lahore islamabad dhaka kathmandu colombo kabul tehran baghdad damascus
    beirut jerusalem riyadh dubai cairo lagos abuja accra nairobi kampala johannesburg durban havana bogota lima quito
    caracas santiago uk usa uae mosul kandahar kabul fallujah kyiv bronx queens harlem tijuana juarez guadalajara
    lagos ibadan
    enugu kano surat jaipur lucknow kochi mysore coimbatore leipzig gdansk lodz poznan wroclaw fayetteville albuquerque
    anchorage boise cheyenne topeka lansing akron dayton scranton syracuse rochester albany hartford providence savannah
    chattanooga knoxville durham greensboro charlotte tallahassee jacksonville shreveport amarillo lubbock laredo
    bakersfield stockton modesto tacoma saskatoon regina
"""
_MORE = """
    new york;new york city;new jersey;new mexico;new hampshire;new orleans;new zealand;new delhi;north carolina
    south carolina;north dakota;south dakota;west virginia;rhode island;los angeles;san francisco;san diego;san jose
    san antonio;salt lake city;las vegas;santa fe;santa monica;fort worth;st louis;st paul;kansas city;el paso
    long island;staten island;the bronx;el salvador;costa rica;puerto rico;dominican republic;sri lanka;saudi arabia
    south africa
    south korea;north korea;hong kong;united states;united kingdom;northern ireland;sierra leone;burkina faso
    ivory coast;ho chi minh city;kuala lumpur;buenos aires;rio de janeiro;sao paulo;mexico city;tel aviv;cape town
    nova scotia;british columbia;new brunswick;new south wales;baton rouge;des moines;virginia beach;colorado springs
"""
ONE_WORD = frozenset(_ONE.split())
LONGER = tuple(sorted(name.strip() for line in _MORE.split("\n") for name in line.split(";") if name.strip()))
