using System.Text.Json;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpOriginator.Listing;
using Sallyport.EtherNetIpReader.Polling;
using Sallyport.Hosting;
using Sallyport.Hosting.Configuration;
using Sallyport.IotHub;

namespace Sallyport.EtherNetIpReader.Methods;

/// <summary>Direct method <c>browse</c>: which tags a configured controller has, page by page.</summary>
internal sealed class BrowseMethod(CurrentPlan<EtherNetIpPlan> current, OpenControllers controllers, TagLists lists)
{
    public const string Method = "browse";

    // An answer has 128 KiB; a tag takes at most about 400 bytes more than are counted when this is reached.
    private const int MaxAnswerBytes = 120 * 1024;
    private const int Ok = 200;
    private const int BadRequest = 400;
    private const int NotFound = 404;
    private const int NotListed = 502;
    private const int NotReady = 503;
    private const int MaxNameLength = 500;

    /// <summary>Answers <c>{"controller":"line-1","filter":"Line","after":"Line1_Speed"}</c>: 200 with tags, and with <c>next</c> if there are more; 400; 404;
    /// 502 if the controller does not list its tags; 503 before the first plan.</summary>
    public async Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        if (!TryParse(request.Payload, out string? name, out string? filter, out string? after))
        {
            return MethodAnswer.Error(
                BadRequest, """The payload is {"controller":"name"}, and if wanted "filter": how names begin, and "after": the next of the answer before.""");
        }

        SourcePlan? source = current.Value?.Plan.Sources.FirstOrDefault(source => string.Equals(source.Name, name, StringComparison.Ordinal));
        if (source is null)
        {
            return MethodAnswer.Error(NotFound, "The plan in force has no such controller.");
        }

        if (!controllers.TryFind(source, out IController? controller))
        {
            return MethodAnswer.Error(NotReady, "The plan is being put in force; try again.");
        }

        (ReadableTags? tags, string? failure) = await lists.FindAsync(controller, mayBeKept: after is not null, cancellationToken);
        return tags is null
            ? MethodAnswer.Error(NotListed, $"The controller does not list its tags: {failure}.")
            : MethodAnswer.Of(Ok, json => Write(json, source.Name, tags, filter ?? "", after));
    }

    private static bool TryParse(ReadOnlyMemory<byte> payload, out string? controller, out string? filter, out string? after)
    {
        (controller, filter, after) = (null, null, null);
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            var faults = new DesiredFaults();
            DesiredReader root = DesiredReader.Root(document.RootElement, faults);
            return root.IsObjectOf("controller", "filter", "after")
                && root["controller"].TryText(MaxNameLength, out controller)
                && (!root["filter"].Exists || root["filter"].TryText(MaxNameLength, out filter))
                && (!root["after"].Exists || root["after"].TryText(MaxNameLength, out after))
                && faults.IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Write(Utf8JsonWriter json, string controller, ReadableTags tags, string filter, string? after)
    {
        json.WriteString("controller", controller);
        json.WriteStartArray("tags");
        string? last = null;
        string? next = null;
        foreach (ReadableTag tag in tags.From(filter, after))
        {
            if (json.BytesCommitted + json.BytesPending > MaxAnswerBytes)
            {
                next = last;
                break;
            }

            json.WriteStartObject();
            tag.Write(json);
            json.WriteEndObject();
            last = tag.Name;
        }

        json.WriteEndArray();
        json.WriteNumber("total", tags.CountOf(filter));
        if (next is not null)
        {
            json.WriteString("next", next);
        }
    }
}
