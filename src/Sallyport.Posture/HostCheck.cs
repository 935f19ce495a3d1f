using Sallyport.Posture.Report;

namespace Sallyport.Posture;

/// <summary>A check of something that is seen on the host alone.</summary>
/// <typeparam name="T">The part of the report that it looks at.</typeparam>
public abstract class HostCheck<T> : PostureCheck
    where T : class
{
    /// <inheritdoc/>
    public sealed override bool IsOfGateway => false;

    /// <inheritdoc/>
    public sealed override PostureVerdict Judge(PostureEvidence evidence, PosturePolicy policy)
    {
        if (evidence.Host is not ReportReading.Usable { Report: { } report })
        {
            return PostureVerdict.CannotTell(((ReportReading.Unusable)evidence.Host).Reason);
        }

        Section<T> section = SectionOf(report);
        return section switch
        {
            { Found: { } found } => Judge(found, policy, evidence.At),
            { Absent: { } reason } => WhenAbsent(reason),
            { Unknown: { } reason } => PostureVerdict.CannotTell(reason),
            _ => PostureVerdict.CannotTell("The report says nothing about it."),
        };
    }

    private protected abstract Section<T> SectionOf(HostReport report);

    private protected abstract PostureVerdict Judge(T found, PosturePolicy policy, DateTimeOffset at);

    private protected virtual PostureVerdict WhenAbsent(string reason) => PostureVerdict.CannotTell(reason);
}
