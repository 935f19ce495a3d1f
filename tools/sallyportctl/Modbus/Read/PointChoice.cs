using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Modbus.Read;

/// <summary>Finds what <c>--point</c> names.</summary>
internal static class PointChoice
{
    /// <summary>The polls for <c>unit</c> and <c>unit/point</c>; without a choice, all of the plan.</summary>
    /// <exception cref="WrongUsageException">There is no such unit or point.</exception>
    public static PointPoll[] Of(DevicePlan plan, IReadOnlyList<string> names) =>
        names.Count == 0 ? [.. plan.Units.Select(unit => new PointPoll(unit, static _ => true))] : [.. names.Select(name => Of(plan, name))];

    private static PointPoll Of(DevicePlan plan, string name)
    {
        string[] parts = name.Split('/', 2);
        UnitPlan unit = plan.Units.FirstOrDefault(unit => string.Equals(unit.Name, parts[0], StringComparison.Ordinal))
            ?? throw new WrongUsageException($"There is no unit \"{parts[0]}\" in the plan; there are {string.Join(", ", plan.Units.Select(unit => unit.Name))}.");
        if (parts.Length == 1)
        {
            return new PointPoll(unit, static _ => true);
        }

        return unit.Polls.SelectMany(poll => poll.Points).Any(IsIt)
            ? new PointPoll(unit, IsIt)
            : throw new WrongUsageException(
                $"{unit.Name} has no point \"{parts[1]}\"; it has {string.Join(", ", unit.Polls.SelectMany(poll => poll.Points).Select(point => point.Name))}.");

        bool IsIt(PointPlan point) => string.Equals(point.Name, parts[1], StringComparison.Ordinal);
    }
}
