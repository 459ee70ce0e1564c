"""Which people are counted, what befell them, and who they are: one construction a sentence (invented events)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.claims.lexicon import load_claims
from sijill.claims.rolls import rolls_of
from sijill.claims.view import View, views_of
from sijill.model import Document
from sijill.pipeline import Reader

DAY = date(2022, 9, 17)
LEXICON = load_claims()

# Each with its counts: kind, who, low-high (nothing: open), the words.
COUNTED = [
    ("قتل الطباخ والحارس في القصف على المعسكر.", "killed civilians 1-1 الطباخ; killed fighters 1-1 الحارس"),
    (
        "أعلنت الوزارة مقتل الضابط المتقاعد سامي جبر في انفجار عبوة ناسفة.",
        "killed fighters 1-1 الضابط المتقاعد سامي جبر",
    ),
    ("أُفرج عن الحارس بعد ثلاثة أيام من خطفه.", "released fighters 1-1 الحارس"),
    ("قتلت الممرضة برصاص قناص قرب المستشفى.", "killed medics 1-1 الممرضة"),
    ("اعتقلت الشرطة السائق عند الحاجز.", "detained civilians 1-1 السائق"),
    ("توفي الجريح في المستشفى متأثرا بإصابته.", "killed unspecified 1-1 الجريح"),
    ("أصيب الصحفي خالد جبر بشظايا قذيفة.", "injured journalists 1-1 الصحفي خالد جبر"),
    ("اختطف مجهولون المهندس من منزله.", "abducted civilians 1-1 المهندس"),
    ("قتل الجندي شابا عند الحاجز.", "killed unspecified 1-1 شابا"),
    ("مقتل القائد الميداني أبو سليم في غارة على إدلب.", "killed fighters 1-1 القائد الميداني أبو سليم"),
    ("اغتال مسلحون الشيخ نعيم ديب أمام منزله في درعا.", "killed civilians 1-1 الشيخ نعيم ديب"),
    ("السائحة التي أصيبت تدعى هدى نعيم جبر.", "injured civilians 1-1 السائحة"),
    ("أفاد مراسلنا أن مدنيا يدعى نعيم جبر (40 عاما) أصيب في قصف على البلدة.", "injured civilians 1-1 مدنيا"),
    ("الشاب الذي قتل في القصف يدعى سامي ديب.", "killed unspecified 1-1 الشاب"),
    ("ذكرت المصادر أن الشاب فارق الحياة تحت التعذيب.", "killed unspecified 1-1 الشاب"),
    ("قتل رجلان وأصيب ثالث في القصف.", "killed unspecified 2-2 رجلان; injured unspecified 1-1 ثالث"),
    ("قتل ثلاثة مدنيين وأصيب رابع بانفجار لغم.", "killed civilians 3-3 ثلاثة مدنيين; injured civilians 1-1 رابع"),
    ("مقتل شاب وإصابة شقيقته في قصف على سراقب.", "killed unspecified 1-1 شاب; injured unspecified 1-1 شقيقته"),
    (
        "قتلت امرأة وأصيب زوجها وطفلها بقصف صاروخي.",
        "killed women 1-1 امرأة; injured unspecified 1-1 زوجها; injured children 1-1 طفلها",
    ),
    (
        "استشهد 5 مدنيين بينهم 3 أطفال ووالدتهم بقصف على بلدة البارة.",
        "killed civilians 5-5 5 مدنيين; killed children 3-3 3 أطفال; killed women 1-1 والدتهم",
    ),
    ("قال الدفاع المدني إن طفلا ووالده قضيا في الغارة.", "killed children 1-1 طفلا; killed unspecified 1-1 والده"),
    ("قتل شخصان، أب وابنه، في غارة على القرية.", "killed unspecified 2-2 شخصان"),
    ("إن شقيقين قتلا وأصيبت والدتهما في القصف.", "killed unspecified 2-2 شقيقين; injured women 1-1 والدتهما"),
    (
        "أصيب رجل وزوجته وابنتهما بجروح جراء القصف.",
        "injured unspecified 1-1 رجل; injured women 1-1 زوجته; injured children 1-1 ابنتهما",
    ),
    ("أسفر القصف عن إصابات بين المدنيين.", "injured civilians 2- إصابات بين المدنيين"),
    ("قصف صاروخي يوقع إصابات في مخيم للنازحين.", "injured unspecified 2- إصابات"),
    ("أعلنت الفصائل تحقيق إصابات مباشرة في صفوف العناصر.", "injured fighters 2- إصابات"),
    ("تسبب القصف بخسائر بشرية ومادية.", "killed_or_injured unspecified 2- خسائر بشرية"),
    ("غارات أزهقت أرواح عشرات المدنيين.", "killed civilians 20-99 عشرات المدنيين"),
    (
        "قتل خمسة مدنيين 4 منهم أطفال في قصف على البلدة.",
        "killed civilians 5-5 خمسة مدنيين; killed children 4-4 4 منهم أطفال",
    ),
    ("نقلت سيارة الإسعاف طفلين جريحين أصيبا في القصف.", "injured children 2-2 طفلين جريحين"),
    ("وصل إلى المستشفى ثلاثة أطفال مصابين بعد القصف.", "injured children 3-3 ثلاثة أطفال مصابين"),
    ("قتل سبعة أشخاص ثلاثة منهم نساء.", "killed unspecified 7-7 سبعة أشخاص; killed women 3-3 ثلاثة منهم نساء"),
    ("مقتل أحد قادة الحركة في غارة على دير الزور.", "killed fighters 1-1 أحد قادة"),
    ("قتل أحد عناصر الأمن برصاص مجهولين.", "killed fighters 1-1 أحد عناصر"),
    ("إصابة أحد سكان القرية بجروح.", "injured civilians 1-1 أحد سكان"),
    ("أطلق مجهولون النار على أحد عناصر الشرطة ما أدى لمقتله.", "killed fighters 1-1 أحد عناصر"),
    ("مقتل جندي وإصابة 7 إثر هجوم على حاجز.", "killed fighters 1-1 جندي; injured unspecified 7-7 7"),
    ("مقتل جندي وإصابة 7 آخرين إثر هجوم على حاجز.", "killed fighters 1-1 جندي; injured fighters 7-7 7 آخرين"),
    ("مقتل 3 مدنيين وإصابة 7 آخرين في قصف.", "killed civilians 3-3 3 مدنيين; injured civilians 7-7 7 آخرين"),
    ("استقدمت القوات مئات الجنود إلى محيط المدينة.", "fighters_deployed fighters 200-999 مئات الجنود"),
    ("وصل نحو 300 جندي إلى المطار.", "fighters_deployed fighters 300-300 نحو 300 جندي"),
    ("دخل رتل عسكري يضم 40 عنصرا إلى القاعدة.", "fighters_deployed fighters 40-40 40 عنصرا"),
    ("وجهت النيابة تهما بالإرهاب إلى ستة شبان.", "detained unspecified 6-6 ستة شبان"),
    ("شارك مئات المتظاهرين في مسيرة وسط المدينة.", "other_people civilians 200-999 مئات المتظاهرين"),
    ("تظاهر العشرات في ساحة البلدة.", "other_people unspecified 20-99 العشرات"),
    ("أرسلت الوزارة 500 جندي إلى الحدود.", "fighters_deployed fighters 500-500 500 جندي"),
    ("مثل ثلاثة متهمين أمام المحكمة بتهمة الإرهاب.", "detained unspecified 3-3 ثلاثة متهمين"),
    ("مقتل وإصابة عشرة أشخاص في انفجار سيارة مفخخة.", "killed_or_injured unspecified 10-10 عشرة أشخاص"),
    ("سقط ثلاثون مدنيا بين قتيل وجريح في القصف.", "killed_or_injured civilians 30-30 ثلاثون مدنيا بين قتيل وجريح"),
    ("خلفت الغارات عشرات القتلى والجرحى.", "killed_or_injured unspecified 20-99 عشرات القتلى والجرحى"),
    ("قتل وجرح 12 شخصا في تفجير.", "killed_or_injured unspecified 12-12 12 شخصا"),
    ("مقتل سمير عواد وخالد النجار في غارة.", "killed unspecified 1-1 سمير عواد; killed unspecified 1-1 خالد النجار"),
    (
        "استشهد سمير عواد، خالد النجار، وكمال ديب جراء القصف.",
        "killed unspecified 1-1 سمير عواد; killed unspecified 1-1 خالد النجار; killed unspecified 1-1 كمال ديب",
    ),
    ("مقتل أبناء سمير عواد في غارة على غزة.", "killed unspecified 2- أبناء"),
    ("مقتل نجل القيادي سمير عواد في غارة.", "killed unspecified 1-1 نجل القيادي سمير عواد"),
    ("استشهد أحد المصابين متأثرا بجراحه.", "killed unspecified 1-1 أحد المصابين"),
    ("بعد مقتل الرئيس خرجت مظاهرات في العاصمة.", "killed unspecified 1-1 الرئيس"),
    ("أضاف القائد أن مقاتليه أسروا جنديا.", "detained fighters 1-1 جنديا"),
    (
        "أصيب الطفل سامر والطفلة هدى في انفجار لغم.",
        "injured children 1-1 الطفل سامر; injured children 1-1 الطفلة هدى",
    ),
    (
        "اعتقل الجيش الناشط كمال ديب وشقيقه عند الحاجز.",
        "detained civilians 1-1 الناشط كمال ديب; detained unspecified 1-1 شقيقه",
    ),
    ("لقي السائق ومرافقه مصرعهما في كمين.", "killed civilians 1-1 السائق; killed fighters 1-1 مرافقه"),
    ("قتل الزوجان في غارة على منزلهما.", "killed unspecified 2-2 الزوجان"),
    ("قال الطبيب إن الممرض قتل برصاص قناص.", "killed medics 1-1 الممرض"),
    ("الجندي الذي أصيب في الكمين من مدينة حمص.", "injured fighters 1-1 الجندي"),
    ("أفرجت القوات عن المعلم بعد أسبوع.", "released civilians 1-1 المعلم"),
    (
        "قتل مدني وأصيبت زوجته وأطفاله الثلاثة.",
        "killed civilians 1-1 مدني; injured women 1-1 زوجته; injured children 3-3 أطفاله الثلاثة",
    ),
    ("استشهدت أم وطفلاها في الغارة.", "killed women 1-1 أم; killed children 2-2 طفلاها"),
    ("أصيبت عائلة من خمسة أفراد.", "injured unspecified 5-5 خمسة أفراد"),
    (
        "قتل 6 أشخاص بينهم امرأة وطفلها.",
        "killed unspecified 6-6 6 أشخاص; killed women 1-1 امرأة; killed children 1-1 طفلها",
    ),
    (
        "قتل 12 شخصا، 5 منهم نساء و3 أطفال.",
        "killed unspecified 12-12 12 شخصا; killed women 5-5 5 منهم نساء; killed children 3-3 3 أطفال",
    ),
    ("مقتل خمسة من عناصر الشرطة وجرح آخرين.", "killed fighters 5-5 خمسة من عناصر; injured fighters 2- آخرين"),
    ("سقوط عشرات الضحايا بين قتيل وجريح.", "killed_or_injured unspecified 20-99 عشرات الضحايا بين قتيل وجريح"),
    ("خسائر كبيرة في الأرواح بين المدنيين جراء القصف.", "killed civilians 2- خسائر كبيرة في الأرواح بين المدنيين"),
    ("سجلت المشافي إصابات بين الأطفال جراء القصف.", "injured children 2- إصابات بين الأطفال"),
    ("وأدى الانفجار إلى إصابات خطيرة.", "injured unspecified 2- إصابات"),
    ("أصيب ثلاثة مدنيين بإصابات خطيرة.", "injured civilians 3-3 ثلاثة مدنيين"),
    ("قتل ثلاثة، بينهم قيادي بارز في التنظيم.", "killed unspecified 3-3 ثلاثة; killed fighters 1-1 قيادي"),
    (
        "مقتل قائد في الجيش وإصابة اثنين من مرافقيه.",
        "killed fighters 1-1 قائد; injured fighters 2-2 اثنين من مرافقيه",
    ),
    ("قتلت قوات الأمن شابين وأصابت ثالثا.", "killed unspecified 2-2 شابين; injured unspecified 1-1 ثالثا"),
    ("قتل أربعة وأصيب خامس بجروح.", "killed unspecified 4-4 أربعة; injured unspecified 1-1 خامس"),
    (
        "اعتقل ثلاثة من أفراد العائلة بينهم والدهم.",
        "detained unspecified 3-3 ثلاثة من أفراد; detained unspecified 1-1 والدهم",
    ),
    ("قتل الحارسان في هجوم على المصرف.", "killed fighters 2-2 الحارسان"),
    ("اغتيل رئيس المجلس المحلي نعيم جبر في بلدة إبطع.", "killed unspecified 1-1 رئيس المجلس المحلي نعيم جبر"),
    ("عثر الأهالي على جثة الراعي بعد يومين من اختطافه.", "killed civilians 1-1 جثة الراعي"),
    ("عثر الأهالي على جثة شاب قرب النهر.", "killed unspecified 1-1 شاب"),
    ("عثرت الشرطة على جثث ثلاثة شبان في مزرعة.", "killed unspecified 3-3 ثلاثة شبان"),
    ("سلم الصليب الأحمر جثامين الأسرى إلى ذويهم.", "killed unspecified 2- جثامين الأسرى"),
    ("استقدم الجيش نحو 200 عنصر إلى محيط المدينة.", "fighters_deployed fighters 200-200 نحو 200 عنصر"),
    ("وصل رتل يضم عشرات الجنود إلى القاعدة.", "fighters_deployed fighters 20-99 عشرات الجنود"),
    ("تظاهر مئات الأشخاص أمام مقر المحافظة.", "other_people unspecified 200-999 مئات الأشخاص"),
    ("اعتقلت الشرطة رجلا وامرأة يشتبه في صلتهما بالهجوم.", "detained unspecified 1-1 رجلا; detained women 1-1 امرأة"),
    ("قتل المواطن نعيم جبر، من أهالي قرية البارة، برصاص حرس الحدود.", "killed civilians 1-1 المواطن نعيم جبر"),
    ("قتلت القوات، فجر اليوم، الشاب سامي ديب في مخيم جنين.", "killed unspecified 1-1 الشاب سامي ديب"),
    ("قضى الطفل كمال جبر البالغ من العمر 9 سنوات تحت الأنقاض.", "killed children 1-1 الطفل كمال جبر"),
    ("مقتل جندي تركي وإصابة آخر بانفجار عبوة.", "killed fighters 1-1 جندي تركي; injured fighters 1-1 آخر"),
    ("قتل طفل وأصيب شخص آخر في الغارة.", "killed children 1-1 طفل; injured unspecified 1-1 شخص آخر"),
    ("مقتل امرأة وإصابة 4 أشخاص آخرين.", "killed women 1-1 امرأة; injured unspecified 4-4 4 أشخاص آخرين"),
    ("قتل 3 مسلحين وأصيب 4 آخرون في الاشتباكات.", "killed fighters 3-3 3 مسلحين; injured fighters 4-4 4 آخرون"),
    (
        "إصابة مواطن وزوجته وثلاثة من أبنائهما.",
        "injured civilians 1-1 مواطن; injured women 1-1 زوجته; injured unspecified 3-3 ثلاثة من أبنائهما",
    ),
    ("قتل مسلحون مجهولون الصيدلي داخل صيدليته.", "killed medics 1-1 الصيدلي"),
    ("اتهمت العائلة الضابط بقتل ابنها.", "killed children 1-1 ابنها"),
    ("تفقد الضابط موقع الانفجار الذي قتل فيه خمسة.", "killed unspecified 5-5 خمسة"),
    ("الجندي أطلق النار على متظاهر فقتله.", "killed civilians 1-1 متظاهر"),
    (
        "قتل القيادي الحوثي أبو علي الكحلاني ومرافقوه في جبهة مأرب.",
        "killed fighters 1-1 القيادي الحوثي أبو علي الكحلاني",
    ),
    ("أصيبت الطبيبة هالة ديب بشظايا قذيفة سقطت قرب مستشفى الثورة في تعز.", "injured medics 1-1 الطبيبة هالة ديب"),
    ("قتلت قوات الاحتلال الفتى سامي جبر (16 عاما) قرب نابلس.", "killed children 1-1 الفتى سامي جبر (16 عاما"),
    ("استشهد الأسير المحرر كمال ديب برصاص مستوطن.", "killed unspecified 1-1 الأسير المحرر كمال ديب"),
    ("قتل ضابطان وثلاثة جنود في كمين للدعم السريع.", "killed fighters 2-2 ضابطان; killed fighters 3-3 ثلاثة جنود"),
    ("خطف مسلحون رجلا وابنه على طريق كركوك.", "abducted unspecified 1-1 رجلا; abducted children 1-1 ابنه"),
    ("العثور على جثتين مجهولتي الهوية في ديالى.", "killed unspecified 2-2 جثتين"),
    ("العثور على جثة مجهولة الهوية في الموصل.", "killed unspecified 1-1 جثة"),
    (
        "أعلن الجيش العراقي مقتل خمسة إرهابيين بينهم قيادي.",
        "killed fighters 5-5 خمسة إرهابيين; killed fighters 1-1 قيادي",
    ),
    ("وفاة معتقل تحت التعذيب في سجن بطرابلس.", "killed unspecified 1-1 معتقل"),
    ("اغتيال ناشط إعلامي في عدن.", "killed civilians 1-1 ناشط إعلامي"),
    ("إصابة امرأتين وطفل بقصف على حي سكني في الخرطوم.", "injured women 2-2 امرأتين; injured children 1-1 طفل"),
    ("نزحت 300 عائلة من القرية جراء المعارك.", "displaced unspecified 300-300 300 عائلة"),
    ("نزوح آلاف المدنيين من الفاشر.", "displaced civilians 2000-9999 آلاف المدنيين"),
    ("أفرجت الجماعة عن 20 أسيرا بوساطة قبلية.", "released unspecified 20-20 20 أسيرا"),
    ("اعتقال سبعة أشخاص بينهم صحفيان.", "detained unspecified 7-7 سبعة أشخاص; detained journalists 2-2 صحفيان"),
    (
        "مقتل رجل وإصابة زوجته وطفليهما في غارة على صعدة.",
        "killed unspecified 1-1 رجل; injured women 1-1 زوجته; injured children 2-2 طفليهما",
    ),
    ("أصيب قائد اللواء ومقتل ثلاثة من جنوده.", "injured fighters 1-1 قائد; killed fighters 3-3 ثلاثة من جنوده"),
    ("نجا المحافظ من محاولة اغتيال وقتل سائقه.", "killed civilians 1-1 سائقه"),
    ("الجريمة التي هزت المدينة قتل فيها شاب.", "killed unspecified 1-1 شاب"),
    ("الضابط الذي قتل المتظاهر أوقف عن العمل.", "killed civilians 1-1 المتظاهر"),
    ("المهاجم قتل برصاص الشرطة.", "killed fighters 1-1 المهاجم"),
    ("وقتل المهاجم برصاص الشرطة.", "killed fighters 1-1 المهاجم"),
    ("قتلت الشرطة المهاجم في المكان.", "killed fighters 1-1 المهاجم"),
    ("توفي الطفل الجريح في المستشفى.", "killed children 1-1 الطفل"),
    ("مقتل وزير الدفاع في تفجير.", "killed unspecified 1-1 وزير"),
    ("مقتل نائب رئيس المجلس وإصابة حارسه الشخصي.", "killed unspecified 1-1 نائب; injured fighters 1-1 حارسه"),
    ("ارتفع عدد القتلى إلى 15 بينهم 4 أطفال.", "killed unspecified 15-15 15; killed children 4-4 4 أطفال"),
    (
        "ارتفاع حصيلة الانفجار إلى 8 قتلى و20 جريحا.",
        "killed unspecified 8-8 8 قتلى; injured unspecified 20-20 20 جريحا",
    ),
    ("أصيب أكثر من 30 شخصا، حالة 5 منهم حرجة.", "injured unspecified 30- أكثر من 30 شخصا"),
    (
        "مقتل عنصرين من الحشد وإصابة ثلاثة آخرين بجروح، اثنان منهم في حالة خطرة.",
        "killed fighters 2-2 عنصرين; injured fighters 3-3 ثلاثة آخرين",
    ),
    ("قضى 3 أطفال حرقا في خيمة بمخيم للنازحين.", "killed children 3-3 3 أطفال"),
    ("أقدم مسلح على قتل شقيقته.", "killed unspecified 1-1 شقيقته"),
    ("سقط شهيد وجريحان في غارة على النبطية.", "killed unspecified 1-1 شهيد; injured unspecified 2-2 جريحان"),
    ("مسيرة إسرائيلية تستهدف سيارة وسقوط شهيدين.", "killed unspecified 2-2 شهيدين"),
    ("سقوط قتلى وجرحى في صفوف القوات.", "killed unspecified 2- قتلى وجرحى; injured unspecified 2- جرحى"),
    ("عشرات القتلى والجرحى بانفجار في سوق.", "killed_or_injured unspecified 20-99 عشرات القتلى والجرحى"),
    ("استسلم 15 مقاتلا من التنظيم.", "surrendered fighters 15-15 15 مقاتلا"),
    ("حاصر الجيش 40 مسلحا داخل المبنى.", "besieged fighters 40-40 40 مسلحا"),
]

QUIET = [
    "لم يسفر القصف عن إصابات.",
    "أسفر القصف عن أضرار مادية دون وقوع إصابات.",
    "استهدفت طائرة سوقا ولم تسجل خسائر بشرية.",
    "لم يسفر الهجوم عن قتلى أو جرحى.",
    "نقل الجرحى الثلاثة إلى المستشفى.",
    "أسعف الأهالي المصابين الثلاثة إلى مستشفى المدينة.",
    "دون تسجيل ضحايا في صفوف المدنيين قصفت الطائرات أطراف البلدة.",
    "التقى الوزير السفير أمس.",
    "قال الضابط إن القصف استهدف المعسكر.",
    "وأكد القيادي أن القوات سيطرت على القرية.",
    "زار المحافظ الجرحى في المستشفى.",
    "أصاب القصف منزل المواطن سمير عواد.",
    "شيع الأهالي جثمان الشاب سامي ديب.",
    "لم ترد أنباء عن سقوط ضحايا جراء القصف.",
    "لم يبلغ عن وقوع قتلى أو جرحى في الغارة.",
    "من دون أن يسفر القصف عن خسائر بشرية.",
    "لا ضحايا جراء الغارات على المدينة.",
    "نقل المصابون إلى مستشفى المدينة.",
    "زارت الوزيرة الجرحى في المستشفى بعد القصف.",
    "هنأ الرئيس الجنود بالعيد.",
    "قال القائد إن الضابط أكد أن قواته سيطرت على القرية.",
    "حمل المسؤول الجيش مسؤولية مقتل المدنيين.",
    "أهالي القتلى يطالبون بالعدالة.",
    "طالبت المنظمة بالإفراج عن المعتقلين.",
    "حاول الجنود إنقاذ المصاب قبل وصول الإسعاف.",
    "القتيل كان يعمل في الزراعة.",
    "نجا القائد من محاولة اغتيال.",
    "أصيب المبنى بأضرار كبيرة.",
    "قتل الوقت أمام الحاجز.",
    "أعرب الرئيس عن حزنه لمقتل الجنود.",
    "قدم السفير التعازي لعائلة الطبيب.",
    "استقبل الوزير القائد العسكري في مكتبه.",
    "وقال المحامي إن موكله اعتقل أمس.",
    "كرمت البلدية المسعف الذي أنقذ ثلاثة أطفال.",
    "قال والد القتيل إن ابنه كان طالبا.",
    "وأضاف أن القتيل يدعى سامي جبر وهو من سكان القرية.",
    "تضم القرية 300 عائلة.",
    "يعيش في المخيم 4 آلاف نازح.",
    "شارك 200 جندي في المناورات.",
]

# Running lists of names: who is in them, by their noun.
ROLLS = [
    (
        "أما القتلى فهم: سامي نعيم جبر (12 عاما)، وهالة كمال ديب (30 عاما).",
        "killed unspecified 1-1 سامي نعيم جبر; killed unspecified 1-1 هالة كمال ديب",
    ),
    (
        "وأسماء الشهداء هم سامي جبر وهالة ديب، والمصابين هم: كمال نعيم (9 أعوام)، وليد ديب.",
        (
            "killed unspecified 1-1 سامي جبر; killed unspecified 1-1 هالة ديب; "
            "injured unspecified 1-1 كمال نعيم; injured unspecified 1-1 وليد ديب"
        ),
    ),
    (
        "وقالت مصادر محلية إن الشهداء في بلدة سرمين هم: سامي حسين جبر، وإسماعيل ديب، والمصابين كمال نعيم وزاهر جبر.",
        (
            "killed unspecified 1-1 سامي حسين جبر; killed unspecified 1-1 إسماعيل ديب; "
            "injured unspecified 1-1 كمال نعيم; injured unspecified 1-1 زاهر جبر"
        ),
    ),
    (
        "أسماء الشهداء كما يلي: خالد ديب، سامي ديب، وأطفال هم كمال ديب، هدى ديب.",
        (
            "killed unspecified 1-1 خالد ديب; killed unspecified 1-1 سامي ديب; "
            "killed children 1-1 كمال ديب; killed children 1-1 هدى ديب"
        ),
    ),
    (
        "والمصابون هم: كمال نعيم (9 أعوام)، ووالدته هدى جبر (40 عاما).",
        "injured unspecified 1-1 كمال نعيم; injured women 1-1 هدى جبر",
    ),
]

NO_ROLLS = [
    "القتلى هم مدنيون من أهالي القرية.",
    "الجرحى هم من النازحين في المخيم.",
    "الشهداء أكرم منا جميعا.",
    "قال الوزير إن الضحايا سيحصلون على تعويضات، وأضاف خالد ديب أن اللجنة بدأت عملها.",
    "زار خالد ديب الجرحى: كانت زيارة قصيرة.",
]


def _told(reader: Reader, text: str) -> list[tuple[str, str, int | None, int | None, str]]:
    claims = reader.read(Document("example", text, DAY)).claims
    return [(c.kind.value, c.who.value, c.low, c.high, c.text) for claim in claims for c in claim.counts]


def _wanted(counts: str) -> list[tuple[str, str, int | None, int | None, str]]:
    rows = []
    for count in counts.split("; "):
        kind, who, amount, words = count.split(" ", 3)
        low, high = amount.split("-")
        rows.append((kind, who, int(low) if low else None, int(high) if high else None, words))
    return rows


def _views(reader: Reader, text: str) -> list[View]:
    read = reader.text(Document("example", text, DAY))
    values = reader.values(read)
    return views_of(read, values, reader.mentions(read, values), LEXICON.words.prepositions)


@pytest.mark.parametrize(("text", "counts"), COUNTED, ids=[text for text, _ in COUNTED])
def test_people_are_counted(reader: Reader, text: str, counts: str) -> None:
    assert sorted(_told(reader, text)) == sorted(_wanted(counts))


@pytest.mark.parametrize("text", QUIET)
def test_nobody_is_counted(reader: Reader, text: str) -> None:
    assert _told(reader, text) == []


@pytest.mark.parametrize(("text", "counts"), ROLLS, ids=[text for text, _ in ROLLS])
def test_a_roll_counts_each_name(reader: Reader, text: str, counts: str) -> None:
    rows = [
        (c.kind.value, c.who.value, c.low, c.high, c.text)
        for view in _views(reader, text)
        for _, told in rolls_of(view, [], LEXICON)
        for c in told
    ]
    assert rows == _wanted(counts)


@pytest.mark.parametrize("text", NO_ROLLS)
def test_no_roll_without_names(reader: Reader, text: str) -> None:
    assert [roll for view in _views(reader, text) for roll in rolls_of(view, [], LEXICON)] == []


def test_a_roll_stands_on_its_noun(reader: Reader) -> None:
    (view,) = _views(reader, "والشهداء هم: سامي جبر، وخالد ديب.")
    ((frame, counts),) = rolls_of(view, [], LEXICON)
    assert view.words[frame.main.first].stem == "شهداء"
    assert len(counts) == 2
    assert rolls_of(view, [frame], LEXICON) == []  # told already


def test_a_journalist_is_one_wherever_the_report_names_her(reader: Reader) -> None:
    text = "أسفر القصف عن مقتل سمر خليل. وكان الجنود قد استهدفوا مراسلة القناة سمر خليل، قرب المخيم."
    assert ("killed", "journalists", 1, 1, "سمر خليل") in _told(reader, text)


PIECES = [
    *("قتل", "أصيب", "مقتل", "الطباخ", "والحارس", "رجل", "وزوجته", "ثالث", "4", "منهم", "أطفال", "جثث", "القتلى"),
    *("هم", ":", "سامي", "جبر", "،", "(", ")", "12", "عاما", "إصابات", "لم", "بين", "خسائر", "بشرية", ".", "و"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=24))
@settings(max_examples=150)
def test_any_row_of_words_is_read(reader: Reader, pieces: list[str]) -> None:
    text = " ".join(pieces)
    for claim in reader.read(Document("example", text, DAY)).claims:
        for count in claim.counts:
            assert count.span.cut(text) == count.text
    for view in _views(reader, text):
        for frame, counts in rolls_of(view, [], LEXICON):
            assert counts
            assert frame.start <= frame.main.first < frame.end
