using System.Text.Json;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Renewal;
using Sallyport.Hosting;
using Sallyport.Hosting.Configuration;
using Sallyport.Hosting.Events;
using Sallyport.Identity.Renewal;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.CertificateManager.Methods;

/// <summary>Direct method <c>renew</c>: orders a new certificate of the gateway. It only leaves the order: how it goes is asked with <c>getCertificates</c>.</summary>
internal sealed class RenewMethod(CurrentPlan<CertificatePlan> plans, RenewalOrders orders, RenewalStatus renewal, ModuleEvents events)
{
    public const string Method = "renew";

    private const int Accepted = 202;
    private const int BadRequest = 400;
    private const int Conflict = 409;

    /// <summary>Answers <c>{}</c> or <c>{"startAnew":true}</c>: 202, 400, or 409 without an enrolment server or while a renewal is under way.</summary>
    public Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken) => Task.FromResult(Answer(request));

    private MethodResponse Answer(MethodRequest request)
    {
        if (!TryRead(request.Payload, out var isAnew))
        {
            return MethodAnswer.Error(BadRequest, """The payload is {} or {"startAnew":true}.""");
        }

        if (plans.Value?.Plan.Enrolment is null)
        {
            return MethodAnswer.Error(Conflict, "The plan in force has no enrolment server: configure est.");
        }

        RenewalJournal? journal = renewal.Journal;
        if (journal is not null && isAnew)
        {
            return MethodAnswer.Error(Conflict, "The journal can be read: there is no need to start anew.");
        }

        if (journal is { State: not (RenewalState.Idle or RenewalState.Backoff) })
        {
            return MethodAnswer.Error(Conflict, $"A renewal is under way: {journal.State}.");
        }

        orders.Place(isAnew ? RenewalOrder.StartAnew : RenewalOrder.Renew);
        events.Audit("RenewalOrdered", EventSeverity.Low, isAnew ? "A new identity of the gateway was ordered; its journal is given up." : "A new certificate of the gateway was ordered.", ModuleEvents.None);
        return MethodAnswer.Of(Accepted, json => json.WriteString("state", journal?.State.ToString() ?? "Unknown"));
    }

    private static bool TryRead(ReadOnlyMemory<byte> payload, out bool isAnew)
    {
        isAnew = false;
        if (payload.IsEmpty || payload.Span.SequenceEqual("null"u8))
        {
            return true;
        }

        var faults = new DesiredFaults();
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            var root = DesiredReader.Root(document.RootElement, faults);
            return root.IsObjectOf("startAnew") && root["startAnew"].TryFlag(absent: false, out isAnew) && faults.IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
