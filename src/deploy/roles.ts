import type { Profile, ServiceRole } from '../model/deploy.js'

/** Words of image and service names that say what a container is. The first row that knows a word decides. */
const KNOWN: readonly [ServiceRole, RegExp][] = [
  ['other', /^(adminer|pgadmin4?|phpmyadmin|mongo-express|redis-commander|redisinsight|kafka-ui|bull-?board|mail(hog|pit|dev|catcher|slurper)|smtp4dev|papercut(-smtp)?|inbucket|fake-?smtp(-server)?|grafana|prometheus|loki|tempo|promtail|jaeger|zipkin|otel|opentelemetry(-collector)?|collector|alertmanager|cadvisor|[\w-]+-exporter|datadog|agent|fluent-?(d|bit)|vector|kibana|logstash|filebeat|portainer|watchtower|localstack|dynamodb-admin|selenium|cypress|playwright|browserless|chrome|gotenberg|certbot|cloudflared|ngrok|tailscale|wireguard|vault|consul|swagger-ui|sonarqube|busybox|backup|sqlite-web|wait-for-it|dockerize|stripe-cli|ollama|vllm(-openai)?|text-embeddings-inference|localai|tgi|keycloak|dozzle|statsd|graphite|victoria-?(metrics|logs|traces)|vmagent|vmalert|telegraf|thanos|mimir|netdata|pushgateway|metabase|superset|uptime-kuma|searxn?g?|tika|unstructured(-api)?|libretranslate|languagetool|clamav|coturn|imgproxy|thumbor|kroki|plantuml|faster-whisper[\w-]*|whisper[\w-]*|comfyui|openldap|lldap|authelia|openfga|spicedb|cerbos|flaresolverr|gitea|forgejo|init|mc|mkcert|greenmail|mock-?server|wiremock|azurite|maildev|hasura-console|dbmate|flyway|liquibase)$/],
  ['database', /^(postgres(ql)?|pg|postgis|timescale(db)?|mysql|mariadb|percona|mongo(db)?|mssql|sqlserver|azure-sql-edge|oracle(-xe)?|cockroach(db)?|yugabyte(db)?|cassandra|scylla(db)?|couchdb|couchbase|neo4j|dgraph|arangodb|rethinkdb|surrealdb|influxdb|questdb|clickhouse(-server)?|elasticsearch|elastic|opensearch|solr|meili(search)?|typesense|qdrant|weaviate|chroma(db)?|milvus|pgvector|pgbouncer|minio|rustfs|seaweedfs|garage|etcd|tidb|tikv|vitess|planetscale|supabase-db|edgedb|gel|firebird|dynamodb(-local)?|libsql|sqld|turso|ferretdb|immudb|tarantool|db|database|zitadel-db)$/],
  ['cache', /^(redis|valkey|keydb|dragonfly(db)?|memcached?|hazelcast|ignite|garnet|redis-stack(-server)?|varnish)$/],
  ['broker', /^(rabbitmq|kafka|zookeeper|redpanda|nats(-streaming|-server)?|pulsar|activemq|artemis|emqx|mosquitto|hivemq|vernemq|mqtt|beanstalkd|nsqd?|nsqlookupd|elasticmq|temporal|kafka-connect|schema-registry|cp-[\w-]+|soketi|centrifugo|mercure|goaws)$/],
  ['proxy', /^(nginx|traefik|haproxy|caddy|envoy|httpd|apache2?|openresty|kong|nginx-proxy(-manager)?|acme-companion|swag|oauth2-proxy|tyk|linkerd|istio-proxy|cloud-sql-proxy|ingress|proxy|reverse-proxy|load-?balancer|lb|acme|letsencrypt(-nginx-proxy-companion)?)$/],
]

/** What a container is: by its image where it has one, by its name otherwise. A build of one's own is the app. */
export function roleOf(image: string | undefined, name: string | undefined, builds = false): ServiceRole {
  const byImage = image === undefined ? undefined : imageRole(image)
  if (byImage) return byImage
  if (image !== undefined && !builds && !isUnknownImage(image)) return 'app'
  const byName = name === undefined ? undefined : nameRole(name)
  return byName ?? 'app'
}

const isUnknownImage = (image: string): boolean => image === '' || /_{4,}|\$\{/.test(image)

/** `bitnami/postgresql:16`, `ghcr.example/foo/redis-stack@sha256:…` → the last part without tag, then its words. */
function imageRole(image: string): ServiceRole | undefined {
  const bare = image.replace(/@.*$/, '').replace(/:[^/]*$/, '')
  const last = bare.split('/').at(-1)?.toLowerCase() ?? ''
  const owner = bare.split('/').at(-2)?.toLowerCase() ?? ''
  return lookUp(last) ?? lookUp(last.replace(/-(server|alpine|stack|official|standalone|ce|oss|community|docker|collector-contrib|management)$/, '')) ??
    (BACKING_OWNERS.has(owner) ? 'other' : undefined)
}
const BACKING_OWNERS = new Set(['grafana', 'prom', 'prometheus', 'jaegertracing', 'otel', 'confluentinc', 'elastic', 'otelcol'])

/** Names are looser: `my-app-postgres`, `boilerplate_redis`, `db-data`; an `api-db-migrator` is still none. */
function nameRole(name: string): ServiceRole | undefined {
  const lower = name.toLowerCase()
  const words = lower.split(/[-_.\s]/)
  return lookUp(lower) ?? lookUp(words.at(-1) ?? '') ?? (/^(postgres\w*|mysql|mariadb|mongo(db)?|redis|valkey|rabbitmq|kafka|elasticsearch|opensearch|minio|clickhouse)$/.test(words[0] ?? '') ? lookUp(words[0] ?? '') : undefined)
}

const lookUp = (word: string): ServiceRole | undefined => KNOWN.find(([, pattern]) => pattern.test(word))?.[0]

/** Ports that only backing services listen on: an upstream of these is no app. */
export const isBackingPort = (port: string): boolean => /^(5432|5433|6432|3306|33060|27017|6379|6380|11211|5672|15672|9092|9200|9300|4222|1883|2181|1433|1521|26257|9042)$/.test(port)

/** Which stage a file is for, by its name and folders. */
export function profileOf(path: string): Profile {
  const parts = path.toLowerCase().split('/')
  const words = (parts.at(-1) ?? '').split(/[^a-z0-9]+/)
  const folders = parts.slice(0, -1)
  const says = (...known: string[]): boolean => words.some((word) => known.includes(word))
  if (says('test', 'tests', 'testing', 'testdb', 'e2e', 'ci', 'spec', 'itest') || folders.some((folder) => TEST_FOLDER.test(folder))) return 'test'
  if (says('example', 'sample', 'template', 'dist', 'default', 'defaults') && words.includes('env')) return 'example'
  if (says('dev', 'develop', 'development', 'local', 'override', 'debug', 'mock') || folders.some((folder) => DEV_FOLDER.test(folder))) return 'development'
  if (says('prod', 'production', 'live') || folders.some((folder) => /^(prod|production|live)$/.test(folder))) return 'production'
  return 'default'
}
const TEST_FOLDER = /^(tests?|__tests__|e2e|e2e-[\w-]+|[\w-]+-e2e|cypress|\.github|\.circleci|fixtures|test-[\w-]+|[\w-]+-tests?)$/
const DEV_FOLDER = /^(\.devcontainer|development|local|local-[\w-]+)$/
