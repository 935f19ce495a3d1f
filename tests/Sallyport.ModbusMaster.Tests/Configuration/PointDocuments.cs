using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Tests.Configuration;

/// <summary>Documents with one unit, of which the test says the points.</summary>
internal static class PointDocuments
{
    /// <summary>The members that every point needs.</summary>
    public const string Place = "\"group\":\"fast\",\"table\":\"holdingRegister\",\"address\":8";

    /// <summary>A document with these points of the unit <c>u</c>; there are the groups <c>fast</c> and <c>slow</c>.</summary>
    public static string With(string points, string unitMembers = "") => $$$"""
        {"connections":{"c":{"endpoint":"modbus-tcp://10.0.0.5"}},
         "units":{"u":{"connection":"c","unitId":1{{{unitMembers}}} } },
         "groups":{"fast":{"intervalMs":1000},"slow":{"intervalMs":60000}},
         "points":{"u":{ {{{points}}} }} }
        """;

    /// <summary>The only point, <c>p</c> in a holding register, with these members besides its place.</summary>
    public static PointPlan Point(string members, string unitMembers = "") =>
        Assert.Single(Assert.Single(Assert.Single(Plans.Read(With($"\"p\":{{{Place},{members}}}", unitMembers)).Units).Polls).Points);

    /// <summary>What is wrong with the point <c>p</c>: pointers below it, each with its reason.</summary>
    public static string FaultsOf(string members) => Faults($"\"p\":{{{Place},{members}}}");

    /// <summary>What is wrong with these points.</summary>
    public static string Faults(string points)
    {
        var refused = Assert.IsType<PlanReading<DevicePlan>.Refused>(Plans.Judge(With(points)));
        return string.Join('\n', refused.Faults.Select(fault => $"{fault.Pointer["/points/u".Length..]}: {fault.Reason}").Order(StringComparer.Ordinal));
    }
}
