using Sallyport.Acquisition.Methods;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Methods;

/// <summary>Direct method <c>readPoint</c>: reads one configured point now, for the caller alone.</summary>
/// <remarks>Only what the plan names can be read, so that the method cannot be used to explore a device.</remarks>
internal sealed class ReadPointMethod(CurrentPlan<DevicePlan> current, ModbusMasters masters, TimeProvider time)
{
    public const string Method = "readPoint";

    private const int Ok = 200;
    private const int BadRequest = 400;
    private const int NotFound = 404;
    private const int NotReady = 503;

    /// <summary>Answers <c>{"unit":"chiller-1","point":"flow"}</c>: 200 with a value or with the reason why there is none, 400, 404, or 503 before the first plan.</summary>
    public async Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        if (!PointQuestion.TryRead(request, "unit", out PointQuestion? asked))
        {
            return MethodAnswer.Error(BadRequest, """The payload is {"unit":"name","point":"name"}.""");
        }

        UnitPlan? unit = current.Value?.Plan.Units.FirstOrDefault(unit => string.Equals(unit.Name, asked.Device, StringComparison.Ordinal));
        PointPlan? point = unit?.Polls.SelectMany(poll => poll.Points)
            .FirstOrDefault(point => string.Equals(point.Name, asked.Point, StringComparison.Ordinal));
        if (unit is null || point is null)
        {
            return MethodAnswer.Error(NotFound, "The plan in force has no such unit or point.");
        }

        return masters.TryFind(unit.Connection, out IModbusMaster? master)
            ? await ReadAsync(unit, point, master, cancellationToken)
            : MethodAnswer.Error(NotReady, "The plan is being put in force; try again.");
    }

    private async Task<MethodResponse> ReadAsync(UnitPlan unit, PointPlan point, IModbusMaster master, CancellationToken cancellationToken)
    {
        Point read = await PointReading.ReadAsync(unit, point, master, cancellationToken);
        return MethodAnswer.Of(Ok, json =>
        {
            json.WriteString("unit", unit.Name);
            PointAnswer.Write(json, read, time.GetUtcNow());
        });
    }
}
