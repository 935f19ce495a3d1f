using System.Collections.Immutable;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Ring;

namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>The direct method <c>decommission</c>: first it says what would be destroyed and gives a challenge, then it wants the challenge and the gateway's name.</summary>
internal sealed class DecommissionMethod(
    ChallengeBook challenges, Decommissioner decommissioner, Lanes lanes, ModuleIdentity identity, DecommissionAudit audit, DecommissionMetrics metrics,
    MomentClock clock, TimeProvider time)
{
    /// <summary>Its name.</summary>
    public const string Method = "decommission";

    private const int Done = 200;
    private const int GoesOn = 202;
    private const int BadRequest = 400;
    private const int Forbidden = 403;
    private const int NotNow = 409;
    private const int Failed = 500;

    // Callers give up after 30 s unless they say otherwise.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(20);

    private string Name => $"{identity.DeviceId}/{identity.ModuleId}";

    /// <summary>Answers one call.</summary>
    public async Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        // Nothing is left to protect: whoever asks gets the report, and what was interrupted goes on.
        if (decommissioner.Report is not null)
        {
            return await JoinAsync(cancellationToken);
        }

        switch (DecommissionRequest.Read(request.Payload.Span))
        {
            case DecommissionRequest.Malformed:
                return Refuse(BadRequest, "The payload is neither {} nor {\"challenge\":\"…\",\"confirm\":\"device/module\"}. Call with {} to get a challenge.");
            case DecommissionRequest.Asks or DecommissionRequest.Confirms when !lanes.IsOpen:
                return Refuse(NotNow, "The rings are not open; getStatus and the log say why. Try again later, or stop the module and say: sallyportctl ring wipe.");
            case DecommissionRequest.Confirms confirms:
                return await ConfirmAsync(confirms, cancellationToken);
            default:
                return Challenge();
        }
    }

    private MethodResponse Challenge()
    {
        ImmutableArray<RingAtEnd> rings = [RingAtEnd.Of(lanes.Alerts.Status(clock.Now)), RingAtEnd.Of(lanes.Bulk.Status(clock.Now))];
        var challenge = challenges.Issue();
        audit.Challenged(rings.Sum(ring => ring.Records));
        return MethodAnswer.Of(Done, json =>
        {
            json.WriteString("challenge", challenge);
            json.WriteNumber("expiresInSeconds", (int)ChallengeBook.Life.TotalSeconds);
            json.WriteString("confirm", Name);
            DecommissionJson.WriteRings(json, rings);
            json.WriteString(
                "lost", "If you confirm: both rings with all records in them, their keys, rings kept from former times, and the development key, for good. Records that wait are not sent. This module then takes nothing until somebody removes its marker.");
        });
    }

    private async Task<MethodResponse> ConfirmAsync(DecommissionRequest.Confirms confirms, CancellationToken cancellationToken)
    {
        var isNameRight = string.Equals(confirms.Name, Name, StringComparison.Ordinal);
        var reason = challenges.Judge(confirms.Challenge, isNameRight) switch
        {
            ChallengeVerdict.Right => null,
            ChallengeVerdict.Expired => "The challenge has expired. Call with {} to get another.",
            ChallengeVerdict.Wrong => $"This is not the challenge. After {ChallengeBook.MostTries} wrong answers it is void; call with {{}} to get another.",
            ChallengeVerdict.WrongName => $"\"confirm\" names another gateway. This is {Name}.",
            _ => "There is no challenge. Call with {} to get one.",
        };
        return reason is null ? await JoinAsync(cancellationToken) : Refuse(Forbidden, reason);
    }

    private async Task<MethodResponse> JoinAsync(CancellationToken cancellationToken)
    {
        Task<DecommissionReport> run = decommissioner.RunAsync();
        try
        {
            DecommissionReport report = await run.WaitAsync(LongestAnswer, time, cancellationToken);
            return MethodAnswer.Of(report.IsComplete ? Done : Failed, json => DecommissionJson.WriteMembers(json, report));
        }
        catch (TimeoutException)
        {
            return MethodAnswer.Of(GoesOn, json =>
            {
                json.WriteString("state", "wiping");
                json.WriteString("next", "The wipe goes on. Call again with {} for its report.");
            });
        }
    }

    private MethodResponse Refuse(int status, string reason)
    {
        metrics.Refused();
        audit.Refused(reason);
        return MethodAnswer.Error(status, reason);
    }
}
