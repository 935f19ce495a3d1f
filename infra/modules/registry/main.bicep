metadata name = 'Container registry'
metadata description = 'Images of the modules. No administrator, nobody without a name.'

@description('Required. Unique short name: 5 to 20 lower-case letters and digits.')
@minLength(5)
@maxLength(20)
param shortName string

@description('Required. Region.')
param location string

@description('Required. Resource id of the workspace for logs.')
param workspaceId string

@description('Optional. Premium is needed for private endpoints.')
@allowed(['Standard', 'Premium'])
param skuName string = 'Premium'

@description('Optional. False closes the public endpoint; needs Premium.')
param publicNetworkAccess bool = false

@description('Optional. Tags of every resource.')
param tags { *: string } = {}

var isPremium = skuName == 'Premium'

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: 'cr${shortName}'
  location: location
  tags: tags
  sku: { name: skuName }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    dataEndpointEnabled: isPremium
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
    networkRuleBypassOptions: 'AzureServices'
    policies: isPremium
      ? {
          azureADAuthenticationAsArmPolicy: { status: 'disabled' }
          exportPolicy: { status: publicNetworkAccess ? 'enabled' : 'disabled' }
          retentionPolicy: { status: 'enabled', days: 30 }
        }
      : {}
  }
}

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: registry
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Resource id of the registry.')
output resourceId string = registry.id

@description('Name of the registry.')
output name string = registry.name

@description('Address that images are named by.')
output loginServer string = registry.properties.loginServer
