using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Terminal;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Modbus.Read;

/// <summary><c>sallyportctl modbus read</c>: reads addresses or points, once or again and again.</summary>
internal sealed class ReadVerb(Surroundings surroundings)
{
    private readonly ReadOptions _options = new();

    private delegate Task<IReading> Reader(CancellationToken cancellationToken);

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        Command verb = _options.AddTo(new Command(
            "read", "Reads addresses of a device, or points of a plan, and shows every meaning that they may have. It only reads; there is nothing in it that could write."));
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var masters = new ModbusMasters(surroundings.Open);
        Reader read = parsed.GetValue(_options.PlanFile) is { } file ? PointsOf(file, parsed, masters)
            : _options.Type.Read(parsed) is { } point ? ValuesOf(point, parsed, masters)
            : AddressesOf(parsed, masters);
        return parsed.GetValue(_options.Watch)
            ? await WatchAsync(read, parsed, cancellationToken)
            : surroundings.Screen.Give(await read(cancellationToken), parsed.GetValue(CommandTree.Json));
    }

    private Reader AddressesOf(ParseResult parsed, ModbusMasters masters)
    {
        UnitPlan unit = DirectPlan.Of(_options.Device.Read(parsed), parsed.GetValue(_options.Unit));
        (ModbusTable table, int address, int count) = RangeOf(parsed, parsed.GetValue(_options.Count), width: 1);
        return async cancellationToken => new AddressReading(
            unit.UnitId, await AddressBlock.ReadAsync(masters.Open(unit.Connection), unit.UnitId, table, address, count, cancellationToken));
    }

    private Reader ValuesOf(JsonObject point, ParseResult parsed, ModbusMasters masters)
    {
        JsonObject connection = _options.Device.Read(parsed);
        int unitId = parsed.GetValue(_options.Unit);
        point["table"] = parsed.GetValue(_options.Table);
        UnitPlan first = DirectPlan.Of(connection, unitId, Points(point, [parsed.GetValue(_options.Address)]));
        int width = first.Polls[0].Points[0].Address.Width;
        int values = parsed.GetResult(_options.Count) is { Implicit: false } ? parsed.GetValue(_options.Count)
            : _options.Type.DefaultCount(parsed) ?? parsed.GetValue(_options.Count);
        (_, int address, int count) = RangeOf(parsed, values, width);
        UnitPlan unit = DirectPlan.Of(connection, unitId, Points(point, Enumerable.Range(0, count / width).Select(i => address + (i * width))));
        var poll = new PointPoll(unit, static _ => true);
        return async cancellationToken => new PointsReading(await poll.ReadAsync(masters.Open(unit.Connection), cancellationToken), isOfPlan: false);
    }

    private Reader PointsOf(string file, ParseResult parsed, ModbusMasters masters)
    {
        PlanVerdict verdict = PlanVerdict.Of(_options.Plan.Read(file, parsed, surroundings.Variable));
        if (verdict.Plan is not { } plan)
        {
            LocatedFault fault = verdict.Faults[0];
            throw new WrongUsageException($"{file}:{fault.Place}: {fault.Pointer}: {fault.Reason} \"modbus validate\" shows all faults.");
        }

        PointPoll[] polls = PointChoice.Of(plan, parsed.GetValue(_options.Point) ?? []);
        return async cancellationToken =>
        {
            var results = new List<PointResult>();
            foreach (PointPoll poll in polls)
            {
                results.AddRange(await poll.ReadAsync(masters.Open(poll.Unit.Connection), cancellationToken));
            }

            return new PointsReading(results, isOfPlan: true);
        };
    }

    private async Task<int> WatchAsync(Reader read, ParseResult parsed, CancellationToken cancellationToken)
    {
        Screen screen = surroundings.Screen;
        bool isJson = parsed.GetValue(CommandTree.Json);
        if (!isJson && screen.IsTerminal)
        {
            int code = (int)ExitCode.Good;
            await screen.LiveAsync(async draw => code = await RepeatAsync(
                read, parsed, reading => draw(reading.Table, [.. reading.Lines, $"{Now().ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC, again every {parsed.GetValue(_options.EveryMs)} ms until Ctrl+C"]), cancellationToken));
            return code;
        }

        return await RepeatAsync(read, parsed, Tell, cancellationToken);

        void Tell(IReading reading)
        {
            if (isJson)
            {
                screen.GiveLine(reading);
                return;
            }

            screen.Line(Now().ToString("O", CultureInfo.InvariantCulture));
            reading.Show(screen);
        }
    }

    /// <summary>Ctrl+C is how a watch ends: that is no failure.</summary>
    private async Task<int> RepeatAsync(Reader read, ParseResult parsed, Action<IReading> tell, CancellationToken cancellationToken)
    {
        ExitCode code = ExitCode.Good;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(parsed.GetValue(_options.EveryMs)), surroundings.Time);
        try
        {
            int times = parsed.GetValue(_options.Times);
            for (int i = 1; ; i++)
            {
                IReading reading = await read(cancellationToken);
                code = reading.ExitCode;
                tell(reading);
                if (i == times || !await timer.WaitForNextTickAsync(cancellationToken))
                {
                    return (int)code;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (int)code;
        }
    }

    private (ModbusTable Table, int Address, int Count) RangeOf(ParseResult parsed, int values, int width)
    {
        ModbusTable table = Vocabulary.Tables[parsed.GetRequiredValue(_options.Table)];
        int address = parsed.GetValue(_options.Address);
        long count = (long)values * width;
        return address + count <= ReadRequest.AddressSpace
            ? (table, address, (int)count)
            : throw new WrongUsageException($"{count} addresses from {address} on would reach beyond 65535, the last address.");
    }

    private DateTimeOffset Now() => surroundings.Time.GetUtcNow();

    private static Dictionary<string, JsonObject> Points(JsonObject point, IEnumerable<int> addresses) => addresses.ToDictionary(
        address => string.Create(CultureInfo.InvariantCulture, $"at-{address:D5}"),
        address =>
        {
            JsonObject one = point.DeepClone().AsObject();
            one["address"] = address;
            return one;
        },
        StringComparer.Ordinal);
}
