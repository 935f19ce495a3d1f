using System.Collections.Immutable;
using Sallyport.Acquisition.Methods;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpReader.Polling;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader.Methods;

/// <summary>Direct method <c>readTag</c>: reads one configured point now, for the caller alone.</summary>
/// <remarks>Only what the plan names can be read, so that the method cannot be used to explore a controller.</remarks>
internal sealed class ReadTagMethod(CurrentPlan<EtherNetIpPlan> current, OpenControllers controllers, TimeProvider time)
{
    public const string Method = "readTag";

    private const int Ok = 200;
    private const int BadRequest = 400;
    private const int NotFound = 404;
    private const int NotReady = 503;

    /// <summary>Answers <c>{"controller":"line-1","point":"speed"}</c>: 200 with a value or with the reason why there is none, 400, 404, or 503 before the first
    /// plan.</summary>
    public async Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        if (!PointQuestion.TryRead(request, "controller", out PointQuestion? asked))
        {
            return MethodAnswer.Error(BadRequest, """The payload is {"controller":"name","point":"name"}.""");
        }

        SourcePlan? source = current.Value?.Plan.Sources.FirstOrDefault(source => string.Equals(source.Name, asked.Device, StringComparison.Ordinal));
        TagPlan? tag = source?.Polls.SelectMany(poll => poll.Tags).FirstOrDefault(tag => string.Equals(tag.Name, asked.Point, StringComparison.Ordinal));
        if (source is null || tag is null)
        {
            return MethodAnswer.Error(NotFound, "The plan in force has no such controller or point.");
        }

        return controllers.TryFind(source, out IController? controller)
            ? await ReadAsync(source, tag, controller, cancellationToken)
            : MethodAnswer.Error(NotReady, "The plan is being put in force; try again.");
    }

    private async Task<MethodResponse> ReadAsync(SourcePlan source, TagPlan tag, IController controller, CancellationToken cancellationToken)
    {
        ImmutableArray<TagPlan> tags = source.ScaleOf(tag) is { } scale ? [tag, scale] : [tag];
        var values = new ValueOutcome[tags.Length];
        RoundOutcome outcome = await controller.Prepare([.. tags.Select(one => one.Request)]).ReadAsync(values, cancellationToken);
        ValueOutcome value = outcome switch
        {
            RoundOutcome.Read => tag.ValueOf(values[0], tags.Length > 1 ? tags[1].ValueOf(values[1], scale: default) : default),
            RoundOutcome.WrongDevice wrong => ValueOutcome.Bad(StatusCode.BadConfigurationError, $"wrong device: {wrong.Differences}"),
            RoundOutcome.Silent { IsConnectionDown: true } silent => ValueOutcome.Bad(StatusCode.BadNotConnected, silent.Reason),
            RoundOutcome.Silent silent => ValueOutcome.Bad(StatusCode.BadTimeout, silent.Reason),
            _ => throw new InvalidOperationException("A round is read, silent or of another device."),
        };
        return MethodAnswer.Of(Ok, json =>
        {
            json.WriteString("controller", source.Name);
            json.WriteString("tag", tag.Tag.Text);
            PointAnswer.Write(json, Point.Of(tag.Name, value), time.GetUtcNow());
        });
    }
}
