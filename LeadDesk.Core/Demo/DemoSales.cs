using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.FollowUps;
using LeadDesk.Intake;
using LeadDesk.Leads;
using LeadDesk.Scoring;

namespace LeadDesk.Demo;

/// <summary>What the demo company's people did about a lead since it came in, done through the services that people use.</summary>
internal sealed class DemoSales(
    LeadIntake intake, LeadService leads, FollowUpService followUps, CompanyRules company, CompanyUsers people, CurrentUser manager, DemoLanguage team, DemoClock clock, DateTime now)
{
    /// <summary>Of what came in just now most still waits.</summary>
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(90);

    /// <summary>What was set before that is done by now.</summary>
    private static readonly TimeSpan Agreed = TimeSpan.FromDays(9);

    private static readonly string[] Way = ["Qualified", "Demo", "Proposal", "Won"];

    /// <param name="number">The lead's number in the demo: what happens depends on it and on nothing else.</param>
    public async Task WorkAsync(int number, DemoCustomer customer, IntakeAnswer answer, long ownerId, CancellationToken cancellationToken)
    {
        var random = new Random(number);
        var calendar = new DemoCalendar(now, company.Zone, random);
        var at = calendar.WhenOpen(customer.FirstAt + calendar.Around(UsualResponse(answer.Grade)));
        var forgotten = answer.Grade is Grade.Cold && random.Next(100) < 6;
        var waits = customer.FirstAt > now - JustNow && number % 2 is 0;
        if (at >= now || forgotten || waits)
            return;

        var owner = people.FindCurrent(ownerId) ?? manager;
        var days = new DemoDays(answer.LeadId, customer, owner, calendar, random) { At = at };
        await RespondAsync(days, cancellationToken);
        if (random.Next(100) < 4 && Later(days, TimeSpan.FromHours(2)))
            await HandOverAsync(days, cancellationToken);
        if (random.Next(100) < 8 && Later(days, TimeSpan.FromDays(1)))
            await WriteAgainAsync(days, cancellationToken);
        await FollowUpAsync(days, cancellationToken);
    }

    private static TimeSpan UsualResponse(Grade grade) => grade switch
    {
        Grade.Hot => TimeSpan.FromMinutes(7),
        Grade.Warm => TimeSpan.FromMinutes(18),
        _ => TimeSpan.FromMinutes(75),
    };

    /// <summary>How many of a hundred go on to the next stage.</summary>
    private static int Chance(string kind) => kind switch
    {
        "buy now" => 78,
        "buy" => 66,
        "form" => 45,
        "question" => 38,
        "partnership" => 50,
        _ => 8,
    };

    private async Task RespondAsync(DemoDays days, CancellationToken cancellationToken)
    {
        if (days.Customer.Kind is "spam")
        {
            await MoveAsync(days, "Lost", cancellationToken);
            return;
        }

        if (days.Random.Next(10) < 4)
        {
            var way = days.Customer switch
            {
                { Channel: "whatsapp" } => ContactWay.WhatsApp,
                { Phone: not null } => ContactWay.Call,
                _ => ContactWay.Email,
            };
            clock.Set(days.At);
            if (way is ContactWay.Call)
                DemoDesk.Take(await followUps.LogCallAsync(days.Owner, days.LeadId, Call(days.Random), next: null, version: null, cancellationToken));
            else
                DemoDesk.Take(await leads.ReachOutAsync(days.Owner, days.LeadId, way, cancellationToken));
            days.At += TimeSpan.FromMinutes(days.Random.Next(2, 12));
        }

        if (days.At < now)
            await MoveAsync(days, "Contacted", cancellationToken);
        if (days.Random.Next(10) < 3)
            await NoteAsync(days, "note", cancellationToken);
    }

    private async Task FollowUpAsync(DemoDays days, CancellationToken cancellationToken)
    {
        var chance = Chance(days.Customer.Kind);
        foreach (var stage in Way)
        {
            if (days.Customer.Kind is "spam" || !Later(days, TimeSpan.FromDays(2.2)))
                return;
            if (days.Random.Next(100) >= chance)
            {
                // Some are given up, the others just stay where they are.
                if (days.Random.Next(10) < 3)
                    await EndAsync(days, "Lost", "lost", cancellationToken);
                else if (days.At > now - Agreed && days.Random.Next(10) < 7)
                    await AgreeAsync(days, cancellationToken);
                return;
            }

            if (stage is "Won")
                await EndAsync(days, stage, "won", cancellationToken);
            else if (stage is not "Demo" || days.Random.Next(2) is 0)
                await MoveAsync(days, stage is "Demo" && days.Random.Next(5) is 0 ? "Trial" : stage, cancellationToken);
            if (stage is "Qualified")
                await QualifyAsync(days, cancellationToken);
        }
    }

    /// <summary>What was asked on the phone: what it is about, what it may cost and when it is needed.</summary>
    private async Task QualifyAsync(DemoDays days, CancellationToken cancellationToken)
    {
        var random = days.Random;
        var trade = days.Customer.Organisation is not null;
        var worth = (trade ? 40 : 8) + random.Next(trade ? 160 : 60);
        string[] tags = [.. trade ? [DemoDesk.TradeTag] : Array.Empty<string>(), .. random.Next(4) is 0 ? [DemoDesk.ShowroomTag] : Array.Empty<string>(), .. random.Next(9) is 0 ? [DemoDesk.RegularTag] : Array.Empty<string>()];
        var edit = LeadEdit.Of(LeadField.Value, $"{worth * 75}") with
        {
            AddTags = tags,
            Custom = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                [DemoDesk.Room] = trade ? DemoDesk.Rooms[^1] : DemoLanguage.Any(DemoDesk.Rooms, random),
                [DemoDesk.Budget] = $"{worth / 10 * 1000}",
                [DemoDesk.DeliveryBy] = days.At.AddDays(random.Next(14, 80)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            },
        };
        clock.Set(days.At);
        DemoDesk.Take(await leads.EditAsync(days.Owner, days.LeadId, edit, version: null, cancellationToken));
    }

    /// <summary>When they speak next: some of it is overdue, most comes in the next days.</summary>
    private async Task AgreeAsync(DemoDays days, CancellationToken cancellationToken)
    {
        var (kind, text) = days.Random.Next(4) switch
        {
            0 => (FollowUpKind.Email, "Send the quotation"),
            1 => (FollowUpKind.Meeting, "Showroom visit"),
            2 => (FollowUpKind.Call, "Ask whether the measurements are right"),
            _ => (FollowUpKind.Call, "Call about the offer"),
        };
        clock.Set(days.At);
        var due = days.Calendar.WhenOpen(now + TimeSpan.FromHours(days.Random.Next(-48, 144)));
        DemoDesk.Take(await followUps.AddAsync(days.Owner, days.LeadId, new NewFollowUp(kind, due > days.At ? due : days.At.AddDays(1), UserId: null, text), cancellationToken));
    }

    private static CallLog Call(Random random) => random.Next(10) switch
    {
        0 or 1 => new CallLog(CallOutcome.NoAnswer, Seconds: 30),
        2 => new CallLog(CallOutcome.Voicemail, Seconds: 40),
        3 => new CallLog(CallOutcome.CallbackAsked, Seconds: 60 + random.Next(60)),
        _ => new CallLog(CallOutcome.Answered, Seconds: 90 + random.Next(600)),
    };

    private async Task HandOverAsync(DemoDays days, CancellationToken cancellationToken)
    {
        var next = DemoLanguage.Any(people.Staff, days.Random);
        clock.Set(days.At);
        DemoDesk.Take(await leads.AssignAsync(manager, days.LeadId, next.Id, version: null, cancellationToken));
        days.Owner = people.FindCurrent(next.Id) ?? manager;
    }

    private async Task WriteAgainAsync(DemoDays days, CancellationToken cancellationToken)
    {
        var message = days.Customer.Language.Pick("later", days.Random) ?? days.Customer.Language.Pick("buy", days.Random);
        clock.Set(days.At);
        DemoDesk.Take(await intake.ReceiveAsync(manager, days.Customer.Write(message), renderResponse: null, cancellationToken));
    }

    private async Task EndAsync(DemoDays days, string stage, string note, CancellationToken cancellationToken)
    {
        if (days.Random.Next(2) is 0)
            await NoteAsync(days, note, cancellationToken);
        await MoveAsync(days, stage, cancellationToken);
    }

    private async Task MoveAsync(DemoDays days, string stage, CancellationToken cancellationToken)
    {
        clock.Set(days.At);
        var target = company.Stage(stage) ?? throw new InvalidOperationException($"The demo company has no stage {stage}.");
        DemoDesk.Take(await leads.ChangeStageAsync(days.Owner, days.LeadId, target.Id, version: null, cancellationToken));
    }

    private async Task NoteAsync(DemoDays days, string kind, CancellationToken cancellationToken)
    {
        clock.Set(days.At);
        DemoDesk.Take(await leads.AddNoteAsync(days.Owner, days.LeadId, team.Pick(kind, days.Random), cancellationToken));
    }

    /// <returns>False when that time has not come yet.</returns>
    private bool Later(DemoDays days, TimeSpan typical)
    {
        var next = days.Calendar.WhenOpen(days.At + days.Calendar.Around(typical));
        if (next >= now)
            return false;
        days.At = next;
        return true;
    }

    /// <summary>Where the story of one lead stands.</summary>
    private sealed class DemoDays(long leadId, DemoCustomer customer, CurrentUser owner, DemoCalendar calendar, Random random)
    {
        public long LeadId => leadId;

        public DemoCustomer Customer => customer;

        public DemoCalendar Calendar => calendar;

        public Random Random => random;

        public CurrentUser Owner { get; set; } = owner;

        public DateTime At { get; set; }
    }
}
