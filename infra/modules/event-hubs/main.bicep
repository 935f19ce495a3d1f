import { roleAssignmentType, roleIds } from '../shared.bicep'

metadata name = 'Event Hubs'
metadata description = 'What the IoT Hub hands on: one event hub for each stream, with a consumer group for Intake. Identities only, no keys.'

@description('Required. Name that all resources of the environment share.')
param baseName string

@description('Required. Region.')
param location string

@description('Required. Resource id of the workspace for logs.')
param workspaceId string

@description('Optional. Throughput units.')
@minValue(1)
@maxValue(40)
param capacity int = 1

@description('Optional. Days for which Intake may be away without a loss.')
@minValue(1)
@maxValue(7)
param retentionInDays int = 7

@description('Optional. Partitions of each event hub; a gateway always goes to the same one.')
@minValue(2)
@maxValue(32)
param partitionCount int = 4

@description('Optional. False closes the public endpoint; IoT Hub still comes in as a trusted service.')
param publicNetworkAccess bool = false

@description('Optional. Roles on the namespace.')
param roleAssignments roleAssignmentType[] = []

@description('Optional. Tags of every resource.')
param tags { *: string } = {}

@export()
@description('Names of the event hubs.')
var streams = ['telemetry', 'security', 'metrics']

@export()
@description('Consumer group of Intake on each of them.')
var intakeConsumerGroup = 'intake'

var access = publicNetworkAccess ? 'Enabled' : 'Disabled'

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: 'evhns-${baseName}'
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard', capacity: capacity }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: access
    isAutoInflateEnabled: true
    maximumThroughputUnits: capacity * 4
  }

  resource network 'networkRuleSets' = {
    name: 'default'
    properties: {
      publicNetworkAccess: access
      defaultAction: publicNetworkAccess ? 'Allow' : 'Deny'
      trustedServiceAccessEnabled: true
    }
  }
}

resource hubs 'Microsoft.EventHub/namespaces/eventhubs@2024-01-01' = [
  for name in streams: {
    parent: namespace
    name: name
    properties: { partitionCount: partitionCount, messageRetentionInDays: retentionInDays }
  }
]

resource groups 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = [
  for (name, at) in streams: { parent: hubs[at], name: intakeConsumerGroup }
]

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for one in roleAssignments: {
    name: guid(namespace.id, one.principalId, roleIds[one.role])
    scope: namespace
    properties: {
      principalId: one.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[one.role])
      description: one.why
    }
  }
]

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: namespace
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Resource id of the namespace.')
output resourceId string = namespace.id

@description('Name of the namespace.')
output name string = namespace.name

@description('Names of the event hubs.')
output eventHubNames string[] = streams
