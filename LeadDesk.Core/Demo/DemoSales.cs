using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Intake;
using LeadDesk.Leads;
using LeadDesk.Scoring;

namespace LeadDesk.Demo;

/// <summary>What the demo company's people did about a lead since it came in, done through the services that people use.</summary>
internal sealed class DemoSales(LeadIntake intake, LeadService leads, CompanyRules company, CompanyUsers people, CurrentUser manager, DemoLanguage team, DemoClock clock, DateTime now)
{
    /// <summary>Of what came in just now most still waits.</summary>
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(90);

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
            Check(await leads.ReachOutAsync(days.Owner, days.LeadId, way, cancellationToken));
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
                return;
            }

            if (stage is "Won")
                await EndAsync(days, stage, "won", cancellationToken);
            else if (stage is not "Demo" || days.Random.Next(2) is 0)
                await MoveAsync(days, stage is "Demo" && days.Random.Next(5) is 0 ? "Trial" : stage, cancellationToken);
        }
    }

    private async Task HandOverAsync(DemoDays days, CancellationToken cancellationToken)
    {
        var next = DemoLanguage.Any(people.Staff, days.Random);
        clock.Set(days.At);
        Check(await leads.AssignAsync(manager, days.LeadId, next.Id, version: null, cancellationToken));
        days.Owner = people.FindCurrent(next.Id) ?? manager;
    }

    private async Task WriteAgainAsync(DemoDays days, CancellationToken cancellationToken)
    {
        var message = days.Customer.Language.Pick("later", days.Random) ?? days.Customer.Language.Pick("buy", days.Random);
        clock.Set(days.At);
        Check(await intake.ReceiveAsync(manager, days.Customer.Write(message), renderResponse: null, cancellationToken));
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
        Check(await leads.ChangeStageAsync(days.Owner, days.LeadId, target.Id, version: null, cancellationToken));
    }

    private async Task NoteAsync(DemoDays days, string kind, CancellationToken cancellationToken)
    {
        clock.Set(days.At);
        Check(await leads.AddNoteAsync(days.Owner, days.LeadId, team.Pick(kind, days.Random), cancellationToken));
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

    private static void Check<T>(Outcome<T> outcome)
    {
        if (!outcome.Succeeded)
            throw new InvalidOperationException($"The demo company was refused: {outcome.Refusal.Message}");
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
