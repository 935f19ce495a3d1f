using System.Diagnostics.CodeAnalysis;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.Ctl.Modbus;

/// <summary>Points files beside the plan that names them, where an operator has them before they go to the gateway.</summary>
/// <param name="plan">Path of the plan.</param>
internal sealed class PlanFolder(string plan) : IPointsFiles
{
    private const string Pointer = "/pointsFile";

    private readonly PointsFolder _folder = new(Path.GetDirectoryName(Path.GetFullPath(plan))!);
    private string _path = "";
    private ReadOnlyMemory<byte>? _content;
    private PointTable? _table;

    /// <inheritdoc/>
    public PointsFileLoad Read(string path)
    {
        PointsFileLoad load = File.Exists(Path.Combine(_folder.FullPath, path))
            ? _folder.Read(path)
            : new PointsFileLoad.Refused(
                $"There is no file {path} beside {Path.GetFileName(plan)}: put it there to have it judged. On the gateway it goes into the module's folder "
                + $"{PointsFolder.Name}, with the direct method importConfig.");
        if (load is PointsFileLoad.Loaded loaded)
        {
            (_path, _content) = (path, loaded.Content);
        }

        return load;
    }

    /// <inheritdoc/>
    public void Use(string? sha256)
    {
    }

    /// <summary>A fault as the module tells it, with the name of the file if the fault is in one.</summary>
    public PlanFault Told(PlanFault fault) =>
        _content is not null && string.Equals(fault.Pointer, Pointer, StringComparison.Ordinal) ? fault with { Reason = $"{_path}, {fault.Reason}" } : fault;

    /// <summary>Says where in the points file a place of the plan comes from.</summary>
    /// <param name="place">JSON pointer into the plan.</param>
    /// <param name="reason">What is to be said of it.</param>
    /// <param name="located">The same of the member that names the file.</param>
    public bool TryLocate(string place, string reason, [NotNullWhen(true)] out PlanFault? located)
    {
        _table ??= _content is { } content && PointsFile.Of(_path, content).Read() is PointTableReading.Read read ? read.Table : null;
        located = _table?.Locate(place, reason) is { } fault ? Told(new PlanFault(Pointer, fault.ToString())) : null;
        return located is not null;
    }
}
