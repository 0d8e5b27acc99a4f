using System.Text;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Email;
using LeadDesk.Intake.Mapping;
using LeadDesk.Jobs;
using LeadDesk.Live;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Intake.Email;

/// <summary>From a stored mail to its lead, and the mailboxes mails come to, on both databases.</summary>
public sealed class EmailIntakeTests : IAsyncDisposable
{
    private readonly ManualTime time = new();
    private TestDatabase database = null!;
    private TestCompany company = null!;
    private ServiceProvider services = null!;
    private MailboxView mailbox = null!;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_mail_is_a_lead_with_its_subject_its_files_and_its_number(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var sent = time.UtcNow.AddHours(-2);

        var done = await SendAsync($"""
            From: =?utf-8?Q?=C5=9E=C3=BCkr=C3=BC?= Can <sukru@example.com>
            Reply-To: sukru.can@example.org
            Subject: Fiyat
            Message-ID: <7@example.com>
            In-Reply-To: <6@acme.example>
            Date: {sent:ddd, dd MMM yyyy HH:mm:ss} +0000
            Content-Type: multipart/mixed; boundary=b

            --b

            Ne kadar?

            On Tue, 3 Mar 2026 at 10:00, Acme <in@acme.example> wrote:
            > Hello
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="../plan.pdf"

            %PDF
            --b--
            """);

        done.State.ShouldBe(InboundState.Processed, done.Error);
        done.Origin.ShouldBe(mailbox.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await using var context = database.Database.Open(company.Id);
        var lead = await context.Leads.SingleAsync(Stop);
        (lead.Name, lead.Email, lead.Channel, lead.CreatedAt).ShouldBe(("Şükrü Can", "sukru@example.com", "email", Second(sent)));
        lead.Metadata.ShouldNotBeNull().ShouldContain("\"subject\":\"Fiyat\"");
        lead.Metadata.ShouldContain("sukru.can@example.org");
        var message = await context.LeadMessages.SingleAsync(Stop);
        (message.ExternalId, message.ReplyToExternalId).ShouldBe(("7@example.com", "6@acme.example"));
        message.Text.ShouldContain("> Hello");
        var file = await context.LeadFiles.SingleAsync(Stop);
        (file.Name, file.ContentType, file.LeadId).ShouldBe(("plan.pdf", "application/pdf", lead.Id));
        Encoding.ASCII.GetString(file.Content).ShouldBe("%PDF");
        (await Mailboxes.GetAsync(company.Admin, mailbox.Id, Stop)).Value!.LastMailAt.ShouldBe(Second(sent));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_mail_that_comes_again_even_in_another_shape_changes_nothing(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var first = await SendAsync("From: a@example.com\nMessage-ID: <1@example.com>\n\nHello");

        var again = await SendAsync("From: a@example.com\nMessage-ID: <1@example.com>\n\nHello");
        var other = await SendAsync("""{"FromFull":{"Email":"a@example.com","Name":""},"Headers":[{"Name":"Message-ID","Value":"<1@example.com>"}],"TextBody":"Hello"}""");
        var noId = await SendAsync("--xYz\r\nContent-Disposition: form-data; name=\"from\"\r\n\r\nb@example.com\r\n--xYz\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nHi\r\n--xYz--", "multipart/form-data; boundary=xYz");
        var noIdAgain = await SendAsync("from=b@example.com&text=Hi", "application/x-www-form-urlencoded");

        new[] { again.Id, other.Id }.ShouldAllBe(id => id == first.Id);
        noIdAgain.Id.ShouldBe(noId.Id);
        await using var context = database.Database.Open(company.Id);
        (await context.Leads.CountAsync(Stop)).ShouldBe(2);
        (await context.LeadMessages.CountAsync(Stop)).ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_contact_form_s_mail_is_the_visitor_s_lead_in_the_mailbox_s_region(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var mapping = new FieldMapping(new Dictionary<string, LeadField>(StringComparer.Ordinal) { ["Budget"] = LeadField.Interest }, new Dictionary<LeadField, string> { [LeadField.Campaign] = "Spring" });
        await Mailboxes.ChangeAsync(company.Admin, mailbox.Id, new MailboxEdit { Region = "tr", Mapping = mapping, OwnerIds = [company.OtherSalesperson.UserId] }, Stop);

        await SendAsync("From: Acme <wordpress@acme.example>\nReply-To: ayse@example.com\nAuto-Submitted: no\nList-Unsubscribe: <https://forms.example>\nSubject: New form\nContent-Type: text/plain; charset=utf-8\n\n"
            + "From: Ayşe Yılmaz ayse@example.com\nSubject: Mutfak\nBudget: 5000 EUR\n\nMessage Body:\nFiyat?\nTelefon: 0555 123 45 67\n\n-- \nThis is a notification that a contact form was submitted on your website (https://acme.example).");

        await using var context = database.Database.Open(company.Id);
        var lead = await context.Leads.SingleAsync(Stop);
        (lead.Name, lead.Email, lead.Phone, lead.OwnerId).ShouldBe(("Ayşe Yılmaz", "ayse@example.com", "+905551234567", company.OtherSalesperson.UserId));
        (lead.Campaign, lead.Interest).ShouldBe(("Spring", "5000 EUR"));
        lead.Metadata.ShouldNotBeNull().ShouldContain("Mutfak");
    }

    [Theory]
    [InlineData("From: a@example.com\nAuto-Submitted: auto-replied\n\nAway", InboundState.Ignored)]
    [InlineData("From: news@example.com\nList-Unsubscribe: <mailto:x@example.com>\n\nBuy", InboundState.Ignored)]
    [InlineData("From: MAILER-DAEMON@example.com\n\nUndelivered", InboundState.Ignored)]
    [InlineData("{\"hello\":1}", InboundState.Unreadable)]
    [InlineData("", InboundState.Unreadable)]
    [InlineData("Subject:\n\n", InboundState.Unreadable)]
    [InlineData("{\"type\":\"email.received\",\"data\":{\"email_id\":\"1\"}}", InboundState.Failed)]
    public async Task What_is_no_person_s_mail_is_kept_with_the_reason_and_makes_no_lead(string body, InboundState state)
    {
        await OpenAsync(DatabaseEngine.Sqlite);

        var done = await SendAsync(body);

        (done.State, done.LeadId).ShouldBe((state, null));
        done.Error.ShouldNotBeNullOrWhiteSpace();
        Encoding.UTF8.GetString(done.Raw).ShouldBe(body);
    }

    [Theory]
    [InlineData("From: =?utf-8?Q?a_name?= <not an address>\nSubject: Hi\n\nText")]
    [InlineData("Subject: nobody wrote this\nDate: Mon, 1 Jan 1990 10:00:00 +0000\n\nText")]
    [InlineData("From: a@example.com\nMessage-ID: <1>\n\n")]
    [InlineData("From: a@example.com\nContent-Type: image/png; name=a.png\n\nPNG")]
    public async Task Odd_mails_of_people_are_leads_all_the_same(string body)
    {
        await OpenAsync(DatabaseEngine.Sqlite);

        var done = await SendAsync(body);

        if (body.EndsWith("<1>\n\n", StringComparison.Ordinal))
            done.LeadId.ShouldNotBeNull(done.Error);
        done.State.ShouldBe(InboundState.Processed, done.Error);
        await using var context = database.Database.Open(company.Id);
        (await context.Leads.SingleAsync(Stop)).CreatedAt.ShouldBeGreaterThan(time.UtcNow.AddMinutes(-1));
    }

    [Fact]
    public async Task A_text_too_long_for_a_message_is_whole_in_a_file()
    {
        await OpenAsync(DatabaseEngine.Sqlite);
        var text = string.Concat(Enumerable.Repeat("0123456789", 5_000));

        var done = await SendAsync($"From: a@example.com\nMessage-ID: <{new string('x', 400)}@example.com>\n\n{text}");

        done.State.ShouldBe(InboundState.Processed, done.Error);
        await using var context = database.Database.Open(company.Id);
        (await context.LeadMessages.SingleAsync(Stop)).Text.Length.ShouldBe(20_000);
        Encoding.UTF8.GetString((await context.LeadFiles.SingleAsync(Stop)).Content).ShouldBe(text);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Mailboxes_are_made_changed_and_deleted_by_admins_and_noted(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var directory = services.GetRequiredService<MailboxDirectory>();
        (await directory.FindAsync(mailbox.Key)).ShouldNotBeNull().SigningKey.ShouldBeNull();

        var signed = (await Mailboxes.ChangeAsync(company.Admin, mailbox.Id, new MailboxEdit { Name = " Sales ", SigningKey = "secret", Region = "de" }, Stop)).Value!;
        (signed.Name, signed.IsSigned, signed.Region).ShouldBe(("Sales", true, "DE"));
        (await directory.FindAsync(mailbox.Key)).ShouldNotBeNull().SigningKey.ShouldBe("[secret]");
        var off = (await Mailboxes.ChangeAsync(company.Admin, mailbox.Id, new MailboxEdit { Active = false, SigningKey = "", Region = "" }, Stop)).Value!;
        (off.Active, off.IsSigned, off.Region).ShouldBe((false, false, null));
        (await directory.FindAsync(mailbox.Key)).ShouldBeNull();

        (await Mailboxes.ListAsync(company.Admin, Stop)).Value!.ShouldHaveSingleItem().Id.ShouldBe(mailbox.Id);
        (await Mailboxes.DeleteAsync(company.Admin, mailbox.Id, Stop)).ShouldBeNull();
        (await Mailboxes.DeleteAsync(company.Admin, mailbox.Id, Stop)).ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Missing);
        await using var context = database.Database.Open(company.Id);
        (await context.AuditEntries.OrderBy(row => row.Id).Select(row => row.Action).ToListAsync(Stop)).ShouldBe(["mailbox.created", "mailbox.changed", "mailbox.changed", "mailbox.deleted"]);
        (await context.AuditEntries.Select(row => row.Details).ToListAsync(Stop)).ShouldNotContain(details => details != null && details.Contains("secret", StringComparison.Ordinal) && !details.Contains("signing key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_with_a_mailbox_is_named()
    {
        await OpenAsync(DatabaseEngine.Sqlite);

        (await Mailboxes.CreateAsync(company.Admin, new MailboxEdit { Region = "Mars" }, Stop)).Refusal!.Errors!.Keys.ShouldBe(["name", "region"], ignoreOrder: true);
        (await Mailboxes.ChangeAsync(company.Admin, mailbox.Id, new MailboxEdit { OwnerIds = [987654] }, Stop)).Refusal!.Errors!.Keys.ShouldBe(["owner_ids"]);
        (await Mailboxes.CreateAsync(company.Manager, new MailboxEdit { Name = "x" }, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await Mailboxes.ListAsync(company.Salesperson, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        var stranger = await TestCompany.AddAsync(database, "Other");
        (await Mailboxes.GetAsync(stranger.Admin, mailbox.Id, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private MailboxService Mailboxes => services.GetRequiredService<MailboxService>();

    private static DateTime Second(DateTime at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);

    private async Task<InboundEvent> SendAsync(string body, string contentType = "message/rfc822")
    {
        var address = (await services.GetRequiredService<MailboxDirectory>().FindAsync(mailbox.Key)).ShouldNotBeNull();
        var unit = EmailIntake.Unit(address, Encoding.UTF8.GetBytes(body), contentType, time.UtcNow);
        return await services.GetRequiredService<InboundDoor>().StoreAndProcessAsync(company.Id, unit, Stop);
    }

    private async Task OpenAsync(DatabaseEngine engine)
    {
        database = await TestDatabase.CreateAsync(engine);
        company = await TestCompany.AddAsync(database);
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(time);
        collection.AddSingleton(_ => new Database(database.ConnectionString));
        collection.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        collection.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        collection.AddSingleton<UserDirectory>();
        collection.AddSingleton<LiveFeed>();
        collection.AddSingleton<JobSignal>();
        collection.AddSingleton<ISecretBox, ShowingBox>();
        collection.AddSingleton(new LeadAnalyst([], InstructionLikeText.Remove, TimeSpan.FromSeconds(5), time, NullLogger<LeadAnalyst>.Instance));
        collection.AddLeads(worksOnEvents: false);
        collection.AddEmailIntake();
        services = collection.BuildServiceProvider();
        mailbox = (await Mailboxes.CreateAsync(company.Admin, new MailboxEdit { Name = "Info" }, Stop)).Value!;
    }

    private sealed class ShowingBox : ISecretBox
    {
        public string Close(string secret) => $"[{secret}]";

        public string Open(string closed) => closed.Trim('[', ']');
    }
}
