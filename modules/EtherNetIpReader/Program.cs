using Microsoft.Extensions.Hosting;
using Sallyport.EtherNetIpReader;
using Sallyport.Hosting;

HostApplicationBuilder builder = EdgeModule.CreateBuilder(args);
builder.Services.AddEtherNetIpReader();
return await EdgeModule.RunAsync(builder.Build());
