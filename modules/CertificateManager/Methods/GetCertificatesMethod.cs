using System.Text.Json;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Renewal;
using Sallyport.CertificateManager.Watch;
using Sallyport.Hosting;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Renewal;
using Sallyport.IotHub;

namespace Sallyport.CertificateManager.Methods;

/// <summary>Direct method <c>getCertificates</c>: every certificate of the box as the last look saw it, and how the renewal stands.</summary>
internal sealed class GetCertificatesMethod(CertificateBoard board, RenewalStatus renewal, CurrentPlan<CertificatePlan> plans, TimeProvider time)
{
    public const string Method = "getCertificates";

    // A method answer has 128 KiB; a certificate takes up to about 600 bytes.
    private const int MostCertificates = 150;
    private const int MostFaults = 32;
    private const int Ok = 200;

    /// <summary>Answers the method. The payload of the request is not looked at.</summary>
    public Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken) => Task.FromResult(MethodAnswer.Of(Ok, Write));

    private void Write(Utf8JsonWriter json)
    {
        Survey survey = board.Last;
        DateTimeOffset now = time.GetUtcNow();
        json.WriteNumber("count", survey.Certificates.Length);
        json.WriteStartArray("certificates");
        foreach (WatchedCertificate one in survey.Certificates.OrderBy(one => one.NotAfter).Take(MostCertificates))
        {
            Write(json, one, now);
        }

        json.WriteEndArray();
        json.WriteStartArray("faults");
        foreach (var fault in survey.Faults.Take(MostFaults))
        {
            json.WriteStringValue(fault);
        }

        json.WriteEndArray();
        WriteRenewal(json);
    }

    private static void Write(Utf8JsonWriter json, WatchedCertificate one, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("name", one.Name);
        json.WriteString("kind", WatchedKinds.WordFor(one.Kind));
        json.WriteString("subject", one.Subject);
        json.WriteString("issuer", one.Issuer);
        json.WriteString("serialNumber", one.SerialNumber);
        json.WriteString("notBefore", DateText.Of(one.NotBefore));
        json.WriteString("notAfter", DateText.Of(one.NotAfter));
        json.WriteNumber("daysLeft", Math.Round((one.NotAfter - now).TotalDays, 2));
        json.WriteString("state", now < one.NotBefore ? "notYetValid" : ExpiryLevels.WordFor(ExpiryLevels.Of(one.NotBefore, one.NotAfter, now)));
        json.WriteEndObject();
    }

    private void WriteRenewal(Utf8JsonWriter json)
    {
        if (plans.Value?.Plan.Enrolment is not { } plan)
        {
            json.WriteNull("renewal");
            return;
        }

        json.WriteStartObject("renewal");
        json.WriteString("deviceId", plan.DeviceId);
        RenewalJournal? journal = renewal.Journal;
        json.WriteString("state", journal?.State.ToString() ?? "Unknown");
        json.WriteString("reason", renewal.Trouble.Length > 0 ? renewal.Trouble : journal?.Reason ?? "");
        if (journal is not null)
        {
            json.WriteString("activeSlot", DeviceKeySlots.NameOf(journal.ActiveSlot));
            json.WriteNumber("failures", journal.Failures);
            json.WriteBoolean("ordered", journal.IsOrdered);
            if (journal.Until is { } until)
            {
                json.WriteString("until", DateText.Of(until));
            }
        }

        json.WriteEndObject();
    }
}
