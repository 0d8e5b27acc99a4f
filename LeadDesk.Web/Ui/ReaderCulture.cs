using System.Globalization;

namespace LeadDesk.Web.Ui;

/// <summary>The reader's language, for redraws that begin on a thread of the pool, which has none.</summary>
internal sealed class ReaderCulture
{
    private readonly CultureInfo culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo language = CultureInfo.CurrentUICulture;

    /// <summary>Makes it the present one until the end of the asynchronous method that calls this.</summary>
    public void Enter() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language);
}
