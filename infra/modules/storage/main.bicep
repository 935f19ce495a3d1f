import { roleAssignmentType, roleIds } from '../shared.bicep'

metadata name = 'Storage'
metadata description = 'The archive of everything that gateways sent, which nobody can change for a while, and the checkpoints of Intake. Identities only, no keys.'

@description('Required. Unique short name: 5 to 20 lower-case letters and digits.')
@minLength(5)
@maxLength(20)
param shortName string

@description('Required. Region.')
param location string

@description('Required. Resource id of the workspace for logs.')
param workspaceId string

@description('Optional. Days for which a blob of the archive can be neither changed nor deleted; 0 leaves it out.')
@minValue(0)
@maxValue(3650)
param immutableDays int = 90

@description('Optional. Days after which a blob of the archive is deleted.')
@minValue(30)
@maxValue(3650)
param archiveDays int = 730

@description('Optional. False closes the public endpoint; IoT Hub still comes in as a trusted service.')
param publicNetworkAccess bool = false

@description('Optional. Roles on the account.')
param roleAssignments roleAssignmentType[] = []

@description('Optional. Tags of every resource.')
param tags { *: string } = {}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: 'st${shortName}'
  location: location
  tags: tags
  sku: { name: 'Standard_ZRS' }
  kind: 'StorageV2'
  properties: {
    minimumTlsVersion: 'TLS1_2'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
    networkAcls: { defaultAction: publicNetworkAccess ? 'Allow' : 'Deny', bypass: 'AzureServices' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 30 }
      containerDeleteRetentionPolicy: { enabled: true, days: 30 }
      isVersioningEnabled: true
    }

    resource archive 'containers' = {
      name: 'archive'
      properties: { publicAccess: 'None' }
    }

    resource checkpoints 'containers' = {
      name: 'intake-checkpoints'
      properties: { publicAccess: 'None' }
    }
  }

  resource lifecycle 'managementPolicies' = {
    name: 'default'
    dependsOn: [blobs]
    properties: {
      policy: {
        rules: [
          {
            name: 'archive'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['archive/'] }
              actions: {
                baseBlob: {
                  tierToCool: { daysAfterModificationGreaterThan: 30 }
                  delete: { daysAfterModificationGreaterThan: archiveDays }
                }
                version: { delete: { daysAfterCreationGreaterThan: archiveDays } }
              }
            }
          }
        ]
      }
    }
  }
}

resource immutable 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-06-01' = if (immutableDays > 0) {
  parent: account::blobs::archive
  name: 'default'
  properties: { immutabilityPeriodSinceCreationInDays: immutableDays }
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for one in roleAssignments: {
    name: guid(account.id, one.principalId, roleIds[one.role])
    scope: account
    properties: {
      principalId: one.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[one.role])
      description: one.why
    }
  }
]

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource accountDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: account
  properties: { workspaceId: workspaceId, metrics: [{ category: 'Transaction', enabled: true }] }
}

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: account::blobs
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

@description('Resource id of the account.')
output resourceId string = account.id

@description('Name of the account.')
output name string = account.name

@description('Container with what gateways sent.')
output archiveContainer string = account::blobs::archive.name

@description('Container with the checkpoints of Intake.')
output checkpointContainer string = account::blobs::checkpoints.name
