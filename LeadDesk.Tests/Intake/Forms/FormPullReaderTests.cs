using System.Text;
using LeadDesk.Intake.Forms;

namespace LeadDesk.Tests.Intake.Forms;

public sealed class FormPullReaderTests
{
    [Theory]
    [InlineData("""[{"id":1,"a":"x"},{"id":2,"a":"y"}]""")]
    [InlineData("""{"total_count":"2","entries":[{"id":"1","a":"x"},{"id":"2","a":"y"}]}""")]
    [InlineData("""{"success":true,"data":{"submissions":[{"submission_id":1},{"submission_id":2}],"pages":1}}""")]
    [InlineData("""{"meta":{"tags":["a"]},"items":[{"entry_id":1},{"entry_id":2}]}""")]
    public void The_list_is_found_wherever_it_is(string answer) => Read(answer).Select(submission => submission.Id).ShouldBe(["7:1", "7:2"]);

    [Theory]
    [InlineData("<html>Log in</html>")]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("""{"code":"rest_forbidden","message":"Sorry"}""")]
    public void What_is_no_list_is_refused_in_words(string answer) => FormPullReader.Read(Encoding.UTF8.GetBytes(answer), "7", null).Refusal!.Message.Length.ShouldBeGreaterThan(30);

    [Fact]
    public void A_submission_without_an_id_is_told_by_what_it_says()
    {
        var list = Read("""[{"a":"x"},{"a":"y"},{"a":"x"}]""");

        list[0].Id.ShouldBe(list[2].Id);
        list[0].Id.ShouldNotBe(list[1].Id);
    }

    [Fact]
    public void The_form_stands_beside_each_entry_so_that_it_is_read_with_its_questions()
    {
        var form = FormPullReader.Form("""{"id":7,"title":"Contact","fields":[{"id":1,"label":"Your name","type":"text","conditionalLogic":{"a":1}}],"notifications":{"x":1}}"""u8.ToArray());
        var entry = FormPullReader.Read("""{"entries":[{"id":"97","form_id":"7","date_created":"2026-05-04 13:30:00","1":"Ada"}]}"""u8.ToArray(), "7", form).Value!.ShouldHaveSingleItem();

        entry.OccurredAt.ShouldBe(new DateTime(2026, 5, 4, 13, 30, 0, DateTimeKind.Utc));
        var submission = FormSamples.Read(entry.Raw, "application/json");
        (submission.FormName, submission.RepeatKey).ShouldBe(("Contact", "7:97"));
        FormSamples.Lead(submission).Name.ShouldBe("Ada");
    }

    [Theory]
    [InlineData("""[{"id":10},{"id":9}]""", true)]
    [InlineData("""[{"id":9},{"id":10}]""", false)]
    [InlineData("""[{"id":1,"date":"2026-05-04"},{"id":2,"date":"2026-05-03"}]""", true)]
    [InlineData("""[{"id":1}]""", false)]
    public void Whether_the_newest_come_first_is_seen(string answer, bool expected) => FormPullReader.IsNewestFirst(Read(answer)).ShouldBe(expected);

    [Fact]
    public void Addresses_are_those_of_Gravity_Forms_or_of_the_template()
    {
        var gravity = new FormPullAddress("https://example.com/", "5");
        var template = new FormPullAddress("https://example.com/wp-json/x/submissions?form_id={form_id}&page={page}", "a b");

        gravity.Form!.AbsoluteUri.ShouldBe("https://example.com/wp-json/gf/v2/forms/5");
        gravity.Page(2, 100, new DateTime(2026, 5, 4, 13, 30, 0, DateTimeKind.Utc)).AbsoluteUri.ShouldStartWith("https://example.com/wp-json/gf/v2/forms/5/entries?paging[page_size]=100&paging[current_page]=2&sorting[key]=id&sorting[direction]=ASC");
        gravity.Page(2, 100, new DateTime(2026, 5, 4, 13, 30, 0, DateTimeKind.Utc)).AbsoluteUri.ShouldEndWith("search=%7B%22start_date%22%3A%222026-05-04%2013%3A30%3A00%22%7D");
        template.Page(3, 100, null).AbsoluteUri.ShouldBe("https://example.com/wp-json/x/submissions?form_id=a%20b&page=3");
        (template.Form, template.HasPages, new FormPullAddress("https://example.com/x?f={form_id}", "1").HasPages).ShouldBe((null, true, false));
    }

    private static IReadOnlyList<PulledSubmission> Read(string answer) => FormPullReader.Read(Encoding.UTF8.GetBytes(answer), "7", null).Value!;
}
