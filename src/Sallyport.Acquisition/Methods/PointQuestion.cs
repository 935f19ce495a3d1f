using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sallyport.Hosting.Configuration;
using Sallyport.IotHub;

namespace Sallyport.Acquisition.Methods;

/// <summary>What a direct method is asked for that reads one configured point now, for the caller alone.</summary>
/// <param name="Device">Its device, as configured.</param>
/// <param name="Point">Its name there.</param>
public sealed record PointQuestion(string Device, string Point)
{
    private const int MaxNameLength = 80;

    /// <summary>Reads <c>{"unit":"chiller-1","point":"flow"}</c>, with the reader's own word for a device.</summary>
    /// <param name="request">The call.</param>
    /// <param name="deviceKey">That word, for example <c>unit</c>.</param>
    /// <param name="question">What is asked.</param>
    /// <returns>False if it is anything else.</returns>
    public static bool TryRead(MethodRequest request, string deviceKey, [NotNullWhen(true)] out PointQuestion? question)
    {
        question = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(request.Payload);
            var faults = new DesiredFaults();
            DesiredReader root = DesiredReader.Root(document.RootElement, faults);
            if (root.IsObjectOf(deviceKey, "point")
                && root[deviceKey].TryText(MaxNameLength, out string? device)
                && root["point"].TryText(MaxNameLength, out string? point)
                && faults.IsEmpty)
            {
                question = new PointQuestion(device, point);
            }
        }
        catch (JsonException)
        {
            // The caller is told what the payload looks like.
        }

        return question is not null;
    }
}
