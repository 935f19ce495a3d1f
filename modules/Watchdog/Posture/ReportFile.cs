using Sallyport.Posture.Report;

namespace Sallyport.Watchdog.Posture;

/// <summary>The report that the host's timer leaves in a mounted folder.</summary>
internal static class ReportFile
{
    /// <summary>Reads it, and looks at its date.</summary>
    public static ReportReading Read(string path, DateTimeOffset now, TimeSpan maxAge)
    {
        try
        {
            if (!File.Exists(path))
            {
                return new ReportReading.Unusable($"There is no report of the host at {path}: install sallyport-posture.timer and mount its folder.");
            }

            if (new FileInfo(path).Length > HostReportJson.MaxSizeInBytes)
            {
                return new ReportReading.Unusable($"The report of the host at {path} is too large.");
            }

            return HostReportJson.TryRead(File.ReadAllBytes(path), out HostReport? report)
                ? ReportReading.Of(report, now, maxAge)
                : new ReportReading.Unusable($"The report of the host at {path} is not {HostReport.SchemaName}: sallyportctl and Watchdog must be of one version.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ReportReading.Unusable($"The report of the host cannot be read: {e.Message}");
        }
    }
}
