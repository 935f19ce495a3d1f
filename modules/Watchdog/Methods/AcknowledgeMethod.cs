using System.Collections.Immutable;
using Sallyport.Hosting.Configuration;
using Sallyport.IotHub;
using Sallyport.Watchdog.Alarms;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Methods;

/// <summary>Direct method <c>acknowledge</c>: somebody knows of an alarm, or of all. It silences the buzzer; the lamp goes out when the alarm is over.</summary>
internal sealed class AcknowledgeMethod(AlarmBoard alarms, AcknowledgementLedger ledger, AlarmTale tale, StatusBoard board, TimeProvider time)
{
    public const string Method = "acknowledge";

    private const int LongestText = 256;
    private const int Ok = 200;
    private const int BadRequest = 400;
    private const int NotFound = 404;

    /// <summary>Answers the method.</summary>
    public async Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        if (MethodPayload.Read(request.Payload, Read, out var refusal) is not { } asked)
        {
            return MethodAnswer.Error(BadRequest, refusal);
        }

        if (asked.Id is { } id && !alarms.IsOpen(id))
        {
            return MethodAnswer.Error(NotFound, $"There is no alarm \"{id}\"; getHealth lists those that stand.");
        }

        DateTimeOffset now = time.GetUtcNow();
        ImmutableArray<string> ids = alarms.Acknowledge(asked.Id, now);
        ledger.Add(ids, now);
        board.Change(status => status with { Alarms = alarms.Open });
        tale.Acknowledged(ids, asked.By, now);
        var fault = ids.Length > 0 ? await ledger.StoreAsync(cancellationToken) : null;
        if (fault is not null)
        {
            tale.NotStored(fault);
        }

        return MethodAnswer.Of(Ok, json =>
        {
            json.WriteStartArray("acknowledged");
            foreach (var one in ids)
            {
                json.WriteStringValue(one);
            }

            json.WriteEndArray();
            json.WriteBoolean("stored", fault is null);
        });
    }

    private static Request? Read(DesiredReader root)
    {
        if (!root.IsObjectOf("id", "by"))
        {
            return null;
        }

        string? by = null;
        if (!root["id"].TryText(LongestText, out var id) || (root["by"].Exists && !root["by"].TryText(LongestText, out by)))
        {
            return null;
        }

        return new Request(id is "all" ? null : id, by);
    }

    /// <summary>What is asked.</summary>
    /// <param name="Id">Of an alarm; null for all.</param>
    /// <param name="By">Who says so, for the audit; null if nobody is named.</param>
    private sealed record Request(string? Id, string? By);
}
