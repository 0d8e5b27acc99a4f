using System.IO.Pipelines;
using System.Text;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Scoring;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Work;

/// <summary>Scores by hand, files, shared addresses, and where a lead went.</summary>
public sealed class LeadWorkTests
{
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_score_set_by_hand_holds_against_the_rules_until_it_is_given_back(DatabaseEngine engine)
    {
        await using var world = await WorkWorld.AddAsync(engine);
        var (user, id) = (world.Company.Salesperson, await world.LeadAsync(world.Company.Salesperson));
        var computed = (await world.Leads.EditAsync(user, id, LeadEdit.Of(LeadField.Interest, "Villas"), null, CancellationToken.None)).Value.ShouldNotBeNull().Score;

        (await world.Scores.SetAsync(user, id, 101, "Why not", null, CancellationToken.None)).Refusal!.Errors!.Keys.ShouldBe(["score"]);
        (await world.Scores.SetAsync(user, id, 90, " ", null, CancellationToken.None)).Refusal!.Errors!.Keys.ShouldBe(["reason"]);
        (await world.Scores.SetAsync(user, id, 90, "Knows the owner", null, CancellationToken.None)).Succeeded.ShouldBeTrue();
        await world.Leads.EditAsync(user, id, LeadEdit.Of(LeadField.City, "York"), null, CancellationToken.None);

        var lead = await world.ReadAsync(id);
        (lead.Score, lead.Grade, lead.ScoreByHand, lead.ScoreByHandById, lead.ScoreByHandBecause).ShouldBe((90, Grade.Hot, 90, user.UserId, "Knows the owner"));
        (await world.Scores.GiveBackAsync(user, id, null, CancellationToken.None)).Value.ShouldNotBeNull().Score.ShouldBe(computed);
        (await world.TimelineAsync(id)).Where(item => item.Kind is TimelineKind.ScoreSet).Select(item => (item.Text, item.After![^2..])).Last().ShouldBe(("Knows the owner", "90"));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_file_is_kept_by_what_it_is_and_not_by_what_it_is_called(DatabaseEngine engine)
    {
        await using var world = await WorkWorld.AddAsync(engine);
        var (user, id) = (world.Company.Salesperson, await world.LeadAsync(world.Company.Salesperson));
        byte[] picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0];

        (await world.AddFileAsync(user, id, "empty.txt", [])).Refusal!.Errors!.Keys.ShouldBe(["file"]);
        await world.AddFileAsync(user, id, "..\\..\\Plan\u0007.exe", picture);
        await world.AddFileAsync(user, id, "page.png", Encoding.UTF8.GetBytes("<svg onload=alert(1)>"));

        var files = await world.FileLists.ListAsync(user, id, CancellationToken.None);
        files.Select(file => (file.Name, file.ContentType)).ShouldBe([("page.png", FileKinds.Unknown), ("Plan.exe", "image/png")]);
        (await world.Files.RenameAsync(user, id, files[0].Id, "page.html", CancellationToken.None)).Succeeded.ShouldBeTrue();
        (await world.Files.DeleteAsync(user, id, files[1].Id, CancellationToken.None)).Succeeded.ShouldBeTrue();
        (await world.Files.DeleteAsync(world.Company.OtherSalesperson, id, files[0].Id, CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await world.FileLists.ListAsync(user, id, CancellationToken.None)).ShouldHaveSingleItem().Name.ShouldBe("page.html");
        (await world.TimelineAsync(id, TimelineFilter.Files)).Select(item => (item.Kind, item.Before, item.After)).Take(2)
            .ShouldBe([(TimelineKind.FileRemoved, "Plan.exe", null), (TimelineKind.FileAdded, "page.png", "page.html")]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_file_of_many_stretches_is_stored_whole(DatabaseEngine engine)
    {
        await using var world = await WorkWorld.AddAsync(engine);
        var (user, id) = (world.Company.Salesperson, await world.LeadAsync(world.Company.Salesperson));
        var content = new byte[700_001];
        new Random(1).NextBytes(content);

        (await world.AddFileAsync(user, id, "plan.bin", content)).Succeeded.ShouldBeTrue();

        var file = (await world.FileLists.ListAsync(user, id, CancellationToken.None)).ShouldHaveSingleItem();
        file.Size.ShouldBe(content.Length);
        (await world.FileLists.FindAsync(user, id, file.Id, CancellationToken.None)).ShouldNotBeNull().Content.ShouldBe(content);
    }

    [Fact]
    public async Task A_file_that_never_ends_is_given_up_at_the_limit()
    {
        await using var world = await WorkWorld.AddAsync(DatabaseEngine.Sqlite);
        var (user, id) = (world.Company.Salesperson, await world.LeadAsync(world.Company.Salesperson));
        var (limit, taken) = (1024 * 1024, 0L);
        var endless = new Pipe();
        var sending = Task.Run(async () =>
        {
            while (!(await endless.Writer.WriteAsync(new byte[4096], CancellationToken.None)).IsCompleted)
            {
                // Until the reader has had enough.
            }
        }, TestContext.Current.CancellationToken);

        await using (var stream = endless.Reader.AsStream())
            (await world.Files.AddAsync(user, id, "endless.bin", stream, limit, bytes => taken = bytes, CancellationToken.None)).Refusal!.Message.ShouldBe("The file is larger than 1 MB. Choose a smaller one.");

        await sending;
        taken.ShouldBeInRange(1, limit);
        (await world.FileLists.ListAsync(user, id, CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_shared_address_shows_the_lead_until_it_is_over_or_taken_back(DatabaseEngine engine)
    {
        await using var world = await WorkWorld.AddAsync(engine);
        var (user, id) = (world.Company.Salesperson, await world.LeadAsync(world.Company.Salesperson, lead => (lead.Phone, lead.PhoneValid) = ("+447400123456", true)));

        (await world.Shares.CreateAsync(user, id, 365, false, CancellationToken.None)).Refusal!.Errors!.Keys.ShouldBe(["days"]);
        var bare = (await world.Shares.CreateAsync(user, id, 1, false, CancellationToken.None)).Value.ShouldNotBeNull();
        var full = (await world.Shares.CreateAsync(user, id, 7, true, CancellationToken.None)).Value.ShouldNotBeNull();

        var shown = (await world.Shared.OpenAsync(bare.Token, CancellationToken.None)).ShouldNotBeNull();
        (shown.Name, shown.Phone, shown.Company).ShouldBe(("Ada", null, "Acme"));
        (await world.Shared.OpenAsync(full.Token, CancellationToken.None)).ShouldNotBeNull().Phone.ShouldBe("+447400123456");
        (await world.Shares.ListAsync(user, id, CancellationToken.None)).Select(share => (share.Id, share.Views)).ShouldBe([(full.Id, 1), (bare.Id, 1)]);
        (await world.Shared.OpenAsync("guess", CancellationToken.None)).ShouldBeNull();

        world.Time.Advance(TimeSpan.FromDays(2));
        (await world.Shared.OpenAsync(bare.Token, CancellationToken.None)).ShouldBeNull();
        (await world.Shares.RevokeAsync(user, id, full.Id, CancellationToken.None)).Succeeded.ShouldBeTrue();
        (await world.Shared.OpenAsync(full.Token, CancellationToken.None)).ShouldBeNull();
        (await world.Shares.RevokeAsync(user, id, full.Id, CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await world.TimelineAsync(id)).Count(item => item.Kind is TimelineKind.Shared).ShouldBe(3);
    }

    [Fact]
    public async Task Where_a_lead_went_is_told_to_those_who_could_see_it()
    {
        await using var world = await WorkWorld.AddAsync(DatabaseEngine.Sqlite);
        var (owner, manager) = (world.Company.Salesperson, world.Company.Manager);
        var (deleted, kept) = (await world.LeadAsync(owner), await world.LeadAsync(owner));
        var between = await world.LeadAsync(owner, lead => (lead.DeletedAt, lead.MergedIntoId) = (world.Now, kept));
        var merged = await world.LeadAsync(owner, lead => (lead.DeletedAt, lead.MergedIntoId) = (world.Now, between));
        await world.Leads.DeleteAsync(manager, deleted, "Spam", null, CancellationToken.None);

        var gone = (await world.Fates.FindAsync(owner, deleted, CancellationToken.None)).ShouldNotBeNull();
        (gone.By, gone.Because, gone.WasMerged, gone.MayRestore).ShouldBe((manager.Name, "Spam", false, false));
        (await world.Fates.FindAsync(manager, deleted, CancellationToken.None)).ShouldNotBeNull().MayRestore.ShouldBeTrue();
        (await world.Fates.FindAsync(owner, merged, CancellationToken.None)).ShouldNotBeNull().MergedInto.ShouldBe(kept);
        (await world.Fates.FindAsync(owner, kept, CancellationToken.None)).ShouldBeNull();
        (await world.Fates.FindAsync(world.Company.OtherSalesperson, deleted, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_timeline_is_narrowed_and_goes_on_by_its_cursor()
    {
        await using var world = await WorkWorld.AddAsync(DatabaseEngine.Sqlite);
        var (user, id) = (world.Company.Manager, await world.LeadAsync());
        for (var note = 1; note <= 3; note++)
        {
            await world.Leads.AddNoteAsync(user, id, $"Note {note}", CancellationToken.None);
            await world.Leads.ChangeStageAsync(user, id, world.Company.Stages[note].Id, null, CancellationToken.None);
        }

        var first = (await world.Timeline.ListAsync(user, id, TimelineFilter.Notes, null, 2, CancellationToken.None)).Value.ShouldNotBeNull();
        var rest = (await world.Timeline.ListAsync(user, id, TimelineFilter.Notes, first.NextCursor, 2, CancellationToken.None)).Value.ShouldNotBeNull();

        first.Items.Concat(rest.Items).Select(item => item.Text).ShouldBe(["Note 3", "Note 2", "Note 1"]);
        rest.NextCursor.ShouldBeNull();
        (await world.TimelineAsync(id, TimelineFilter.Changes)).ShouldAllBe(item => item.Kind != TimelineKind.Note);
        (await world.Timeline.ListAsync(user, id, TimelineFilter.All, "nonsense", 2, CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Invalid);
    }
}
