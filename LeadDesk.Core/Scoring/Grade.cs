namespace LeadDesk.Scoring;

public enum Grade { Cold = 0, Warm = 1, Hot = 2 }
