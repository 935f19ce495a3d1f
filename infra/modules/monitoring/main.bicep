import { roleAssignmentType, roleIds } from '../shared.bicep'

metadata name = 'Monitoring'
metadata description = 'Log Analytics workspace with the tables of Sallyport, and the endpoint and rule by which Intake writes into them.'

@description('Required. Name that all resources of the environment share.')
@minLength(3)
@maxLength(40)
param baseName string

@description('Required. Region.')
param location string

@description('Required. Device ids of the gateways that there are to be. An identity that is none of them raises an alert.')
param gatewayIds string[]

@description('Optional. Days for which rows can be queried at once.')
@minValue(30)
@maxValue(730)
param retentionInDays int = 90

@description('Optional. Days for which rows are kept at all.')
@minValue(30)
@maxValue(4383)
param totalRetentionInDays int = 365

@description('Optional. False closes the public endpoints; a private link scope takes their place.')
param publicNetworkAccess bool = false

@description('Optional. Roles on the workspace.')
param workspaceRoles roleAssignmentType[] = []

@description('Optional. Roles on the data collection rule.')
param ruleRoles roleAssignmentType[] = []

@description('Optional. Tags of every resource.')
param tags { *: string } = {}

@description('Columns of the tables. The tables and the streams of the data collection rule are both made from this one list. Summary is the title of an event: Title is a name that Azure Monitor keeps for itself.')
var tables = {
  SallyportMetrics_CL: [
    { name: 'TimeGenerated', type: 'datetime' }
    { name: 'Origin', type: 'string' }
    { name: 'Namespace', type: 'string' }
    { name: 'Name', type: 'string' }
    { name: 'Value', type: 'real' }
    { name: 'Tags', type: 'string' }
    { name: 'ResourceId', type: 'string' }
  ]
  OtSecurityEvent_CL: [
    { name: 'TimeGenerated', type: 'datetime' }
    { name: 'DeviceId', type: 'string' }
    { name: 'EventId', type: 'string' }
    { name: 'Kind', type: 'string' }
    { name: 'ModuleId', type: 'string' }
    { name: 'EventType', type: 'string' }
    { name: 'Severity', type: 'string' }
    { name: 'Summary', type: 'string' }
    { name: 'SourceIp', type: 'string' }
    { name: 'DestinationIp', type: 'string' }
    { name: 'DestinationPort', type: 'int' }
    { name: 'Protocol', type: 'string' }
    { name: 'FunctionCode', type: 'int' }
    { name: 'Attack', type: 'dynamic' }
    { name: 'Details', type: 'dynamic' }
  ]
  OtPosture_CL: [
    { name: 'TimeGenerated', type: 'datetime' }
    { name: 'DeviceId', type: 'string' }
    { name: 'EventId', type: 'string' }
    { name: 'ModuleId', type: 'string' }
    { name: 'CheckId', type: 'string' }
    { name: 'Summary', type: 'string' }
    { name: 'Result', type: 'string' }
    { name: 'Severity', type: 'string' }
    { name: 'Evidence', type: 'dynamic' }
  ]
}

var access = publicNetworkAccess ? 'Enabled' : 'Disabled'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: 'log-${baseName}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionInDays
    features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true }
    publicNetworkAccessForIngestion: access
    publicNetworkAccessForQuery: access
  }
}

resource customTables 'Microsoft.OperationalInsights/workspaces/tables@2025-02-01' = [
  for table in items(tables): {
    parent: workspace
    name: table.key
    properties: {
      plan: 'Analytics'
      totalRetentionInDays: totalRetentionInDays
      schema: { name: table.key, columns: table.value }
    }
  }
]

resource knownGateways 'Microsoft.OperationalInsights/workspaces/savedSearches@2025-02-01' = {
  parent: workspace
  name: 'SallyportGateways'
  properties: {
    category: 'Sallyport'
    displayName: 'SallyportGateways'
    functionAlias: 'SallyportGateways'
    query: 'datatable(DeviceId:string)[${join(map(gatewayIds, id => '\'${id}\''), ',')}]'
    version: 2
  }
}

resource endpoint 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'dce-${baseName}'
  location: location
  tags: tags
  properties: { networkAcls: { publicNetworkAccess: access } }
}

resource rule 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'dcr-${baseName}'
  location: location
  tags: tags
  properties: {
    dataCollectionEndpointId: endpoint.id
    streamDeclarations: toObject(items(tables), table => 'Custom-${table.key}', table => { columns: table.value })
    destinations: { logAnalytics: [{ name: 'workspace', workspaceResourceId: workspace.id }] }
    dataFlows: [
      for table in items(tables): {
        streams: ['Custom-${table.key}']
        destinations: ['workspace']
        transformKql: 'source'
        outputStream: 'Custom-${table.key}'
      }
    ]
  }
  dependsOn: [customTables]
}

resource scope 'Microsoft.Insights/privateLinkScopes@2021-09-01' = if (!publicNetworkAccess) {
  name: 'ampls-${baseName}'
  location: 'global'
  tags: tags
  properties: { accessModeSettings: { ingestionAccessMode: 'PrivateOnly', queryAccessMode: 'PrivateOnly' } }

  resource workspaceInScope 'scopedResources' = {
    name: 'workspace'
    properties: { linkedResourceId: workspace.id }
  }

  resource endpointInScope 'scopedResources' = {
    name: 'endpoint'
    properties: { linkedResourceId: endpoint.id }
  }
}

resource workspaceGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for one in workspaceRoles: {
    name: guid(workspace.id, one.principalId, roleIds[one.role])
    scope: workspace
    properties: {
      principalId: one.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[one.role])
      description: one.why
    }
  }
]

resource ruleGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for one in ruleRoles: {
    name: guid(rule.id, one.principalId, roleIds[one.role])
    scope: rule
    properties: {
      principalId: one.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[one.role])
      description: one.why
    }
  }
]

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource workspaceDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: workspace
  properties: {
    workspaceId: workspace.id
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource ruleDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: rule
  properties: {
    workspaceId: workspace.id
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Resource id of the workspace.')
output workspaceId string = workspace.id

@description('Where Intake posts rows to.')
output ingestionEndpoint string = endpoint.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule.')
output ruleId string = rule.id

@description('Immutable id of the data collection rule, which a post names.')
output ruleImmutableId string = rule.properties.immutableId

@description('Streams of the data collection rule: one for each table.')
output streams string[] = map(items(tables), table => 'Custom-${table.key}')

@description('Resource id of the private link scope; empty while the public endpoints are open.')
output privateLinkScopeId string = publicNetworkAccess ? '' : scope.id
