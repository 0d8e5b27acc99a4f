namespace LeadDesk.Analysis;

public static class BuiltInClassifier
{
    public static MessageAnalysis Classify(string? message, DateTime now) => throw new NotSupportedException();
}
