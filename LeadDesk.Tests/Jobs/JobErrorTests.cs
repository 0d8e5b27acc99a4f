using LeadDesk.Jobs;

namespace LeadDesk.Tests.Jobs;

public sealed class JobErrorTests
{
    [Fact]
    public void It_names_the_kind_and_the_message() =>
        JobError.Describe(new TimeoutException("The model did not answer.")).ShouldBe("TimeoutException: The model did not answer.");

    [Theory]
    [InlineData("cannot send to ada.lovelace@example.org now", "cannot send to [e-mail] now")]
    [InlineData("'+92 300 123-4567' was not accepted", "'[number]' was not accepted")]
    [InlineData("status 503 after 30 s", "status 503 after 30 s")]
    public void Addresses_and_numbers_of_people_are_left_out(string message, string kept) =>
        JobError.Describe(new FormatException(message)).ShouldBe("FormatException: " + kept);

    [Fact]
    public void It_is_one_line_of_at_most_500_characters()
    {
        var words = JobError.Describe(new FormatException("first\nsecond " + new string('x', 1000)));

        words.Length.ShouldBe(500);
        words.ShouldStartWith("FormatException: first second");
    }
}
