using System.Globalization;

namespace Sallyport.CertificateManager;

/// <summary>Moments as answers and events say them: UTC, to the second.</summary>
internal static class DateText
{
    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
