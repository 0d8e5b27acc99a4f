using System.Diagnostics.CodeAnalysis;

namespace LeadDesk.Scoring;

/// <summary>How promising a lead is. Ordered, so that a list can sort by it.</summary>
public enum Grade
{
    Cold = 0,
    Warm = 1,
    Hot = 2,
}

/// <summary>The words and limits of <see cref="Grade"/>: HOT from 60, WARM from 40, COLD below.</summary>
public static class GradeWords
{
    public const int HotFrom = 60;
    public const int WarmFrom = 40;

    public const string Hot = "HOT";
    public const string Warm = "WARM";
    public const string Cold = "COLD";

    /// <param name="score">0 to 100.</param>
    public static Grade FromScore(int score) => score switch
    {
        >= HotFrom => Grade.Hot,
        >= WarmFrom => Grade.Warm,
        _ => Grade.Cold,
    };

    public static string ToWord(this Grade grade) => grade switch
    {
        Grade.Hot => Hot,
        Grade.Warm => Warm,
        Grade.Cold => Cold,
        _ => throw new ArgumentOutOfRangeException(nameof(grade), grade, "Not a grade."),
    };

    /// <summary>Reads a word in any case; a number is not a grade.</summary>
    public static bool TryParse([NotNullWhen(true)] string? word, out Grade grade)
    {
        if (string.Equals(word, Hot, StringComparison.OrdinalIgnoreCase))
            grade = Grade.Hot;
        else if (string.Equals(word, Warm, StringComparison.OrdinalIgnoreCase))
            grade = Grade.Warm;
        else
        {
            grade = Grade.Cold;
            return string.Equals(word, Cold, StringComparison.OrdinalIgnoreCase);
        }

        return true;
    }
}
