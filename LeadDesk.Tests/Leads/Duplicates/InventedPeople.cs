using System.Globalization;
using System.Text.Json;
using LeadDesk.Leads.Duplicates;

namespace LeadDesk.Tests.Leads.Duplicates;

/// <summary>
/// Invented people with their addresses, and copies of them as careless typists make them: letters wrong, lost, doubled or
/// swapped, spaces in the wrong place, fields left out, exchanged or filled with something else. Who is whose copy is known.
/// </summary>
internal sealed class InventedPeople(int seed)
{
    private static readonly string[] Given = Words("joshua emily jack chloe lachlan olivia thomas jessica william georgia benjamin sophie daniel isabella samuel hannah matthew mia james ella luke grace ryan charlotte nicholas sarah liam amelia ethan lily jacob caitlin alexander emma harrison madison dylan lauren connor zoe bailey holly riley ruby jayden alyssa zachary jasmine cooper paige aidan kayla finn imogen noah tahlia max erin oscar abbey callum nicole kyle rachel hamish bella angus kiara adam teagan blake alannah nathan brooke michael stephanie sean claire jake rebecca patrick lucy mitchell tayla hayden maddison joel sienna charlie elise archer anneliese kirra tori evangelia gemaley spyke deakin monique kelsey dakota willow alia darcie rourke kydan");
    private static readonly string[] Families = Words("white smith jones brown green clarke campbell ryan webb wilson taylor martin nguyen thompson anderson walker harris lee king wright baker hill scott mitchell roberts turner phillips carter evans collins stewart morris murphy cook rogers cooper reed bailey bell ward cox gray brooks kelly price bennett wood barnes ross henderson coleman jenkins perry powell long patterson hughes flores butler simmons foster bryant russell griffin hayes myers ford hamilton graham sullivan wallace woods cole west jordan owens reynolds fisher ellis gibson mcdonald cruz marshall ortiz gomez murray freeman wells purdon lombardi trevorrow sondergeld waller harrington turtur bishop julius fit lodder beazley streich kilmartin lyden shepherd lowe brock mcphail reitler nicklason limbert schumann gryosler halligan madeleine keoh rickett boulter hefford hursey geraghty querzoli gergely akroyd gillard matthews morrison berry stephenson dichiera vanthof bradshaw coulter denholm eastwick farrugia goodenough heidrich ingleby jarrold kowalski lindqvist mahoney novak oberhauser papadopoulos quennell radcliffe szymanski tomlinson underhill vasquez whitcombe xanthos yarwood zielinski");
    private static readonly string[] Streets = Words("tullaroop giblin goldfinch maltby ramsay dumas blacket neworra yerralee florey kosciusko messenger birubi maranoa reveley haddon crichton chave ballarat clarnette langdon morshead daley beetaloo dandenong bimbiang longmore clark arawang sidaway clemenger foxall porteous dilboong tallara givens goessling burraly bradfield learmonth esperance tazewell armstrong corona macneil sloane harwood tregellas ahmatt welsby boolee everard crisp namatjira mugga endeavour hawker wattle acacia banksia callistemon dryandra eucalypt grevillea hakea");
    private static readonly string[] Kinds = Words("street place circuit crescent drive avenue close court road parade");
    private static readonly string[] Estates = Words("willaroo killarney kooltuo coaling mirani eureka carlsruhe tongbong currandina glenview mirilla keelee backwoodlands jandarra willowwood bungarra strathalan hybernia wallaceheights landen lockyer rosedale inglewood braeside oakhampton fernleigh summerhill kangaroovale emu-plains redgum bluewater sandstone ironbark pinegrove cedarcreek rosebank riverview hillcrest stonehaven greenacres");
    private static readonly string[] Suburbs = Words("bittern canterbury coolaroo garbutt bayswater flemington rowville wolumla lutwyche gowrie westwood orbost ballina trafalgar springwood unanderra brookvale pakenham avalon fairlawn lockwood blacktown kedron wangaratta kyogle kenilworth sherwood collinswood marsfield toowoomba payneham yass worongary carlingford deloraine esperance frankston gawler hobart inverell jindabyne katoomba launceston mildura nowra orange parkes quirindi rockhampton shepparton tamworth ulladulla violet-town warrnambool yarrawonga zeehan albury bendigo cairns dubbo echuca forbes geelong horsham ipswich junee kiama lismore mackay narooma orroroo portland queanbeyan renmark seymour taree urunga wodonga yeppoon");
    private static readonly string[] States = Words("nsw nsw nsw vic vic qld qld wa sa act");

    private static readonly string[] Fields = ["given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state", "date_of_birth", "soc_sec_id"];

    private readonly Random random = new(seed);

    /// <summary>Leads in random order, and for each the number of the person it is.</summary>
    /// <param name="mistakes">Most of one copy; at most three fall into one field.</param>
    public IReadOnlyList<(ComparedLead Lead, int Person)> Make(int people, int copies, int mostOfOne, int mistakes)
    {
        var made = Enumerable.Range(0, people).Select(number => (Fields: Person(), Person: number)).ToList();
        var copied = new Dictionary<int, int>();
        while (copied.Values.Sum() < copies)
        {
            var person = random.Next(people);
            if (copied.ContainsKey(person))
                continue;
            // Most have one copy, few have many.
            copied[person] = 1 + (int)(mostOfOne * Math.Pow(random.NextDouble(), 3));
            for (var i = 0; i < copied[person]; i++)
                made.Add((Copy(made[person].Fields, 1 + random.Next(mistakes)), person));
        }

        var rows = made.ToArray();
        random.Shuffle(rows);
        return [.. rows.Select((row, index) => (ToLead(index + 1, row.Fields), row.Person))];
    }

    public static ComparedLead ToLead(long id, IReadOnlyDictionary<string, string> fields) => new()
    {
        Id = id,
        Name = $"{fields["given_name"]} {fields["surname"]}".Trim(),
        Metadata = JsonSerializer.Serialize(fields.Where(field => field.Value.Length > 0 && field.Key is not ("given_name" or "surname")).ToDictionary()),
    };

    private Dictionary<string, string> Person() => new(StringComparer.Ordinal)
    {
        ["given_name"] = Chance(0.06) ? "" : Often(Given),
        ["surname"] = Chance(0.02) ? "" : Often(Families),
        ["street_number"] = Chance(0.04) ? "" : (1 + (int)(250 * Math.Pow(random.NextDouble(), 3))).ToString(CultureInfo.InvariantCulture),
        ["address_1"] = $"{Streets[random.Next(Streets.Length)]} {Kinds[random.Next(Kinds.Length)]}",
        ["address_2"] = Chance(0.15) ? "" : Estates[random.Next(Estates.Length)],
        ["suburb"] = Often(Suburbs),
        ["postcode"] = (2000 + random.Next(1500)).ToString(CultureInfo.InvariantCulture),
        ["state"] = States[random.Next(States.Length)],
        ["date_of_birth"] = Chance(0.1) ? "" : new DateOnly(1900 + random.Next(100), 1 + random.Next(12), 1 + random.Next(28)).ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        ["soc_sec_id"] = random.Next(1_000_000, 9_999_999).ToString(CultureInfo.InvariantCulture),
    };

    private Dictionary<string, string> Copy(Dictionary<string, string> original, int mistakes)
    {
        var copy = new Dictionary<string, string>(original, StringComparer.Ordinal);
        var touched = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var made = 0; made < mistakes; made++)
        {
            var field = Fields[random.Next(Fields.Length)];
            if (touched.GetValueOrDefault(field) is 3)
                continue;
            touched[field] = touched.GetValueOrDefault(field) + 1;
            Spoil(copy, field);
        }

        return copy;
    }

    private void Spoil(Dictionary<string, string> copy, string field)
    {
        var kind = random.NextDouble();
        if (kind < 0.08)
            copy[field] = "";
        else if (kind < 0.14 && field is "given_name" or "surname")
            (copy["given_name"], copy["surname"]) = (copy["surname"], copy["given_name"]);
        else if (kind < 0.14 && field is "address_1" or "address_2")
            (copy["address_1"], copy["address_2"]) = (copy["address_2"], copy["address_1"]);
        else if (kind < 0.22)
            copy[field] = Person()[field];
        else
            copy[field] = Mistyped(copy[field]);
    }

    private string Mistyped(string text)
    {
        if (text.Length < 2)
            return text;
        var at = random.Next(text.Length - 1);
        var letter = char.IsAsciiDigit(text[at]) ? (char)('0' + random.Next(10)) : (char)('a' + random.Next(26));
        return random.Next(6) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, letter.ToString()),
            2 => string.Concat(text.AsSpan(0, at), text.AsSpan(at + 1, 1), text.AsSpan(at, 1), text.AsSpan(at + 2)),
            3 when !char.IsAsciiDigit(text[at]) => text.Insert(at, " "),
            4 when text.Contains(' ', StringComparison.Ordinal) => text.Replace(" ", "", StringComparison.Ordinal),
            _ => string.Concat(text.AsSpan(0, at), letter.ToString(), text.AsSpan(at + 1)),
        };
    }

    /// <summary>Names are not spread evenly: the first of a list are the common ones.</summary>
    private string Often(string[] words) => words[(int)(words.Length * Math.Pow(random.NextDouble(), 2))];

    private bool Chance(double share) => random.NextDouble() < share;

    private static string[] Words(string text) => text.Split(' ');
}
