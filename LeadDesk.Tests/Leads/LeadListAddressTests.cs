using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Scoring;
using LeadDesk.Web.Leads;

namespace LeadDesk.Tests.Leads;

public sealed class LeadListAddressTests
{
    private static readonly CurrentUser Someone = new(1, 7, "Sara", Role.Manager);

    /// <summary>Midnight in Istanbul is 21:00 UTC of the day before.</summary>
    private static readonly CompanyRules Company = new(
        1, "Acme", "TR", TimeZoneInfo.FindSystemTimeZoneById("Europe/Istanbul"), TimeSpan.FromMinutes(15), ScoringProfile.Default,
        [new Stage { Id = 11, Name = "New", Position = 1 }, new Stage { Id = 12, Name = "Won", Position = 2, Outcome = LeadOutcome.Won }]);

    private static readonly DateTime Now = new(2026, 5, 20, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_list_of_all_has_the_shortest_address() => LeadListAddress.Default.Href.ShouldBe("/leads");

    [Fact]
    public void Every_part_of_a_view_is_read_from_its_address()
    {
        var address = LeadListAddress.Parse("?grade=hot&channel=WhatsApp&stage=Won&owner=me&overdue=1&created=7d&intent=buy&outcome=won&search=%2B49&sort=score&order=asc");

        address.ShouldBe(new LeadListAddress
        {
            Grade = Grade.Hot,
            Channel = "whatsapp",
            Stage = "Won",
            Owner = "me",
            Response = ResponseState.Overdue,
            Arrived = "7d",
            Intent = Intent.Buy,
            Outcome = LeadOutcome.Won,
            Search = "+49",
            Sort = LeadSort.Score,
            Ascending = true,
        });
    }

    [Fact]
    public void A_view_written_as_an_address_is_read_back_as_the_same_view()
    {
        var views =
            from grade in Gen.Elements<Grade?>(null, Grade.Hot, Grade.Cold)
            from stage in Gen.Elements(null, "New", "Übergabe & Angebot", "3 = drei")
            from owner in Gen.Elements(null, "me", "nobody", "42")
            from response in Gen.Elements<ResponseState?>(null, ResponseState.Waiting, ResponseState.Overdue, ResponseState.Answered)
            from arrived in Gen.Elements(null, "today", "30d", "2026-02-28")
            from search in Gen.Elements(null, "محمد", "a+b=c&d")
            from sort in Gen.Elements<LeadSort>([.. Enum.GetValues<LeadSort>().Except([LeadSort.Custom])])
            from rising in Gen.Elements(true, false)
            select new LeadListAddress { Grade = grade, Stage = stage, Owner = owner, Response = response, Arrived = arrived, Search = search, Sort = sort, Ascending = rising };

        Prop.ForAll(views.ToArbitrary(), view => LeadListAddress.Parse(view.ToQuery()) == view).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("grade=2")]
    [InlineData("owner=somebody")]
    [InlineData("created=0d")]
    [InlineData("created=2026-02-30")]
    [InlineData("intent=3")]
    [InlineData("sort=colour")]
    [InlineData("unknown=1")]
    public void What_cannot_be_read_does_not_filter(string query) => LeadListAddress.Parse(query).ShouldBe(LeadListAddress.Default);

    [Fact]
    public void A_stage_is_found_by_name_or_id()
    {
        Filter("stage=won").StageId.ShouldBe(12);
        Filter("stage=11").StageId.ShouldBe(11);
    }

    [Fact]
    public void A_stage_or_a_field_that_is_gone_does_not_filter_and_is_told_as_missing()
    {
        var where = Filter("stage=gone&filter=score>%3D60+and+cf.gone+is+1").Where.ShouldNotBeNull();

        where.Missing.Select(missing => missing.Condition.Field).ShouldBe(["cf.gone", "stage"]);
        where.RefuseMissing().ShouldNotBeNull();
        Filter("stage=gone").StageId.ShouldBeNull();
    }

    [Fact]
    public void A_filter_that_cannot_be_read_does_not_filter()
    {
        var address = LeadListAddress.Parse("filter=score+is&grade=HOT");

        address.ReadFilter(Scope).Refusal.ShouldNotBeNull();
        var filter = address.ToFilter(Scope);
        (filter.Where, filter.Grade).ShouldBe((null, Grade.Hot));
    }

    [Fact]
    public void An_order_by_a_custom_field_that_is_gone_is_the_usual_one()
    {
        var address = LeadListAddress.Parse("sort=cf.gone&order=asc");

        address.ToQuery().ShouldBe("sort=cf.gone&order=asc");
        address.ToFilter(Scope).Sort.ShouldBe(LeadSort.Created);
    }

    [Fact]
    public void The_address_of_a_saved_view_says_only_what_is_different_from_it()
    {
        string? Saved(long id) => id == 5 ? "grade=HOT&overdue=1&sort=score" : null;
        var view = LeadListAddress.Parse("view=5", Saved);

        (view.Grade, view.Response, view.Sort, view.Differs).ShouldBe((Grade.Hot, ResponseState.Overdue, LeadSort.Score, false));
        view.Href.ShouldBe("/leads?view=5");
        var changed = view with { Grade = null, Response = ResponseState.Answered, Channel = "email" };
        changed.Differs.ShouldBeTrue();
        changed.Href.ShouldBe("/leads?view=5&grade=&channel=email&overdue=&answered=1");
        LeadListAddress.Parse(new Uri("http://x" + changed.Href).Query, Saved).ShouldBe(changed);
        changed.ToQuery().ShouldBe("channel=email&answered=1&sort=score");
    }

    [Fact]
    public void A_list_is_said_in_the_words_of_the_api_as_one_condition()
    {
        var address = LeadListAddress.Parse("grade=hot&owner=me&created=7d&outcome=won&search=ann&filter=score>%3D60+or+tag+is+VIP");

        Uri.UnescapeDataString(address.ToApiQuery().ShouldNotBeNull())
            .ShouldBe("filter=grade is hot and owner is me and outcome is won and created in last 7 days and (score>=60 or tag is \"VIP\")&search=ann");
        LeadListAddress.Default.ToApiQuery().ShouldBe("");
        LeadListAddress.Parse("grade=hot&sort=followup").ToApiQuery().ShouldBe("filter=grade%20is%20hot&sort=follow_up&order=asc");
        LeadListAddress.Parse("grade=hot&sort=cf.budget&order=asc").ToApiOrder().ShouldBe("sort=cf.budget&order=asc");
        LeadListAddress.Parse("filter=score+is").ToApiQuery().ShouldBeNull();
    }

    [Fact]
    public void A_saved_view_that_is_gone_leaves_the_rest_of_the_address()
    {
        var address = LeadListAddress.Parse("view=5&channel=email", _ => null);

        (address.ViewQuery, address.Channel).ShouldBe((null, "email"));
    }

    [Fact]
    public void Days_begin_at_the_companys_midnight()
    {
        Filter("created=today").CreatedFrom.ShouldBe(new DateTime(2026, 5, 19, 21, 0, 0, DateTimeKind.Utc));
        Filter("created=7d").CreatedFrom.ShouldBe(new DateTime(2026, 5, 13, 21, 0, 0, DateTimeKind.Utc));
        var day = Filter("created=2026-05-01");
        (day.CreatedFrom, day.CreatedBefore).ShouldBe((new DateTime(2026, 4, 30, 21, 0, 0, DateTimeKind.Utc), new DateTime(2026, 5, 1, 21, 0, 0, DateTimeKind.Utc)));
    }

    [Fact]
    public void Sorting_again_turns_the_order_round()
    {
        var byScore = LeadListAddress.Default.SortedBy(LeadSort.Score);

        byScore.Ascending.ShouldBeFalse();
        byScore.SortedBy(LeadSort.Score).Ascending.ShouldBeTrue();
        byScore.SortedBy(LeadSort.Name).Ascending.ShouldBeTrue();
    }

    [Fact]
    public void By_deadline_only_leads_that_wait_are_sorted()
    {
        var byDeadline = LeadListAddress.Default.SortedBy(LeadSort.Response);

        byDeadline.Response.ShouldBe(ResponseState.Waiting);
        byDeadline.WithResponse(ResponseState.Overdue).Sort.ShouldBe(LeadSort.Response);
        byDeadline.WithResponse(ResponseState.Answered).Sort.ShouldBe(LeadSort.Created);
        byDeadline.WithResponse(null).ShouldBe(LeadListAddress.Default);
    }

    private static FilterScope Scope => new(Company, new CompanyUsers(1, []), Someone, Now);

    private static LeadFilter Filter(string query) => LeadListAddress.Parse(query).ToFilter(Scope);
}
