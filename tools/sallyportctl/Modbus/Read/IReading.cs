using Sallyport.Ctl.Terminal;

namespace Sallyport.Ctl.Modbus.Read;

/// <summary>What one reading brought, as a table that can be drawn again and again.</summary>
internal interface IReading : IReport
{
    /// <summary>The table.</summary>
    ReportTable Table { get; }
}
