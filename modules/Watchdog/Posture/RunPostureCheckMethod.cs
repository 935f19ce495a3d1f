using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Sallyport.IotHub;
using Sallyport.Posture;

namespace Sallyport.Watchdog.Posture;

/// <summary>Direct method <c>runPostureCheck</c>: makes all checks now and answers with what they found.</summary>
internal sealed class RunPostureCheckMethod(IHubConnection hub, PostureLoop loop) : IHostedService
{
    public const string Method = "runPostureCheck";

    private const int Good = 200;
    private const int BadRequest = 400;
    private const int Conflict = 409;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The connection wants all handlers before it runs.
        hub.OnMethod(Method, AnswerAsync);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Answers <c>{}</c>: 200, 400, or 409 before there is a plan.</summary>
    internal async Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        if (!(request.Payload.IsEmpty || request.Payload.Span.SequenceEqual("null"u8) || request.Payload.Span.SequenceEqual("{}"u8)))
        {
            return MethodAnswer.Error(BadRequest, "The payload is {} or nothing.");
        }

        return await loop.CheckAsync(cancellationToken) is { } assessment
            ? MethodAnswer.Of(Good, json => Write(json, assessment))
            : MethodAnswer.Error(Conflict, "No plan is in force yet: try again.");
    }

    private static void Write(Utf8JsonWriter json, PostureAssessment assessment)
    {
        json.WriteString("at", assessment.At.UtcDateTime);
        json.WriteNumber("score", assessment.Score);
        json.WriteStartArray("checks");
        foreach (PostureFinding finding in assessment.Findings)
        {
            json.WriteStartObject();
            json.WriteString("id", finding.Check.Id);
            json.WriteString("result", finding.Verdict.Result.ToString());
            json.WriteString("evidence", finding.Verdict.Evidence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
