using Sallyport.Ctl.Terminal;

namespace Sallyport.Ctl.Modbus.Read;

/// <summary>What one reading brought, as a table that can be drawn again and again.</summary>
internal interface IReading : IReport
{
    /// <summary>The table.</summary>
    ReportTable Table { get; }

    /// <summary>What is to be said below it: what went wrong and what to do, what the values look like.</summary>
    IEnumerable<string> Lines { get; }
}
