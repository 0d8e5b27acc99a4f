using LeadDesk.Analysis.Models;

namespace LeadDesk.Tests.Analysis.Models;

public sealed class ModelPromptTests
{
    [Fact]
    public void The_text_stands_between_marks_that_no_sender_can_know()
    {
        var first = ModelPrompt.For("hello", SimulatedModels.KeepAll);
        var second = ModelPrompt.For("hello", SimulatedModels.KeepAll);

        var lines = first.Question.User.Split('\n');
        lines.Length.ShouldBe(3);
        lines[1].ShouldBe("hello");
        first.Question.System.ShouldContain($"\"{lines[0]}\" and \"{lines[2]}\"");
        second.Question.User.ShouldNotBe(first.Question.User);
    }

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        var text = ModelPrompt.For(new string('a', ModelPrompt.LongestText - 1) + "😀😀", SimulatedModels.KeepAll).Text;

        text.Length.ShouldBe(ModelPrompt.LongestText - 1);
        char.IsSurrogate(text[^1]).ShouldBeFalse();
    }

    [Fact]
    public void Instructions_are_removed_before_the_text_is_cut()
    {
        var prompt = ModelPrompt.For("order!" + new string('a', ModelPrompt.LongestText), RemoveOrder);

        prompt.InstructionLike.ShouldBeTrue();
        prompt.Text.ShouldBe(new string('a', ModelPrompt.LongestText));

        static string RemoveOrder(string text, out bool found)
        {
            found = true;
            return text.Replace("order!", "", StringComparison.Ordinal);
        }
    }
}
