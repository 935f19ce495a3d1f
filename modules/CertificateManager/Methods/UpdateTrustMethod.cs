using Microsoft.Extensions.Logging;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Trust;
using Sallyport.Hosting;
using Sallyport.Hosting.Events;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.CertificateManager.Methods;

/// <summary>Direct method <c>updateTrust</c>: brings roots and revocation lists to the box. All of it is taken, or nothing.</summary>
internal sealed partial class UpdateTrustMethod(
    CurrentPlan<CertificatePlan> plans, TrustUpdate update, TrustMetrics metrics, ModuleEvents events, ILogger<UpdateTrustMethod> logger) : IDisposable
{
    public const string Method = "updateTrust";

    private const int Ok = 200;
    private const int BadRequest = 400;
    private const int Conflict = 409;
    private const int Unprocessable = 422;
    private const int DiskFailed = 500;

    // Two calls at once could each take a list that is older than the other's.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Answers <c>{"roots":[{"certificate":"…","confirm":"SHA-256"}],"crls":["…"]}</c>: 200 with how many were taken; 400; 409 for a root without
    /// its digest; 422 for what is not believed; 500 if the disk fails.</summary>
    public async Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        if (TrustRequest.Read(request.Payload, out var refusal) is not { } wanted)
        {
            return MethodAnswer.Error(BadRequest, refusal);
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return Answer(await update.TakeAsync(wanted, plans.Value?.Plan ?? new CertificatePlan(), cancellationToken));
        }
        finally
        {
            _turn.Release();
            foreach (OfferedRoot root in wanted.Roots)
            {
                root.Certificate.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private MethodResponse Answer(TrustOutcome outcome)
    {
        switch (outcome)
        {
            case TrustOutcome.Stored stored:
                metrics.Ended(isStored: true);
                LogStored(stored.Roots, stored.Lists);
                events.Audit(
                    "TrustUpdated",
                    EventSeverity.Medium,
                    "What is trusted was changed.",
                    ModuleEvents.None.Add("roots", PointValue.FromInt64(stored.Roots)).Add("crls", PointValue.FromInt64(stored.Lists)));
                return MethodAnswer.Of(Ok, json =>
                {
                    json.WriteNumber("roots", stored.Roots);
                    json.WriteNumber("crls", stored.Lists);
                });
            case TrustOutcome.Unconfirmed unconfirmed:
                return Refuse(Conflict, unconfirmed.Reason);
            case TrustOutcome.Refused refused:
                return Refuse(Unprocessable, refused.Reason);
            case TrustOutcome.Failed failed:
                return Refuse(DiskFailed, failed.Reason);
            default:
                throw new InvalidOperationException("An outcome is one of four.");
        }
    }

    private MethodResponse Refuse(int status, string reason)
    {
        metrics.Ended(isStored: false);
        LogRefused(reason);
        events.Audit("TrustUpdateRefused", EventSeverity.Medium, "A change of what is trusted was refused.", ModuleEvents.None.Add("reason", PointValue.FromText(reason)));
        return MethodAnswer.Error(status, reason);
    }

    [LoggerMessage(6350, LogLevel.Information, "{Roots} roots and {Lists} revocation lists are taken")]
    private partial void LogStored(int roots, int lists);

    [LoggerMessage(6351, LogLevel.Warning, "A change of what is trusted is refused: {Reason}")]
    private partial void LogRefused(string reason);
}
