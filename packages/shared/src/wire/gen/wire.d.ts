import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace longarm. */
export namespace longarm {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of a Label.
         * @deprecated Use longarm.v1.Label.$Properties instead.
         */
        interface ILabel extends longarm.v1.Label.$Properties {
        }

        /** Represents a Label. */
        class Label {

            /**
             * Constructs a new Label.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Label.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Label name. */
            name: string;

            /** Label values. */
            values: string[];

            /** Label list. */
            list: boolean;

            /**
             * Creates a new Label instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Label instance
             */
            static create(properties: longarm.v1.Label.$Shape): longarm.v1.Label & longarm.v1.Label.$Shape;
            static create(properties?: longarm.v1.Label.$Properties): longarm.v1.Label;

            /**
             * Encodes the specified Label message. Does not implicitly {@link longarm.v1.Label.verify|verify} messages.
             * @param message Label message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Label.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Label message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Label & longarm.v1.Label.$Shape} Label
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Label & longarm.v1.Label.$Shape;
        }

        namespace Label {

            /** Properties of a Label. */
            interface $Properties {

                /** Label name */
                name?: string;

                /** Label values */
                values?: string[];

                /** Label list */
                list?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Label. */
            type $Shape = longarm.v1.Label.$Properties;
        }

        /**
         * Properties of an Enrol.
         * @deprecated Use longarm.v1.Enrol.$Properties instead.
         */
        interface IEnrol extends longarm.v1.Enrol.$Properties {
        }

        /** Represents an Enrol. */
        class Enrol {

            /**
             * Constructs a new Enrol.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Enrol.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Enrol protocol. */
            protocol: number;

            /** Enrol name. */
            name: string;

            /** Enrol facts. */
            facts: longarm.v1.StableFacts;

            /** Enrol slots. */
            slots: number;

            /** Enrol bootId. */
            bootId: string;

            /** Enrol nonce. */
            nonce: string;

            /** Enrol journalId. */
            journalId: (string|null);

            /** Enrol keys. */
            keys: longarm.v1.AgentKeys;

            /** Enrol proof. */
            proof: Uint8Array;

            /** Enrol generation. */
            generation: (number|null);

            /**
             * Creates a new Enrol instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Enrol instance
             */
            static create(properties: longarm.v1.Enrol.$Shape): longarm.v1.Enrol & longarm.v1.Enrol.$Shape;
            static create(properties?: longarm.v1.Enrol.$Properties): longarm.v1.Enrol;

            /**
             * Encodes the specified Enrol message. Does not implicitly {@link longarm.v1.Enrol.verify|verify} messages.
             * @param message Enrol message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Enrol.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Enrol message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Enrol & longarm.v1.Enrol.$Shape} Enrol
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Enrol & longarm.v1.Enrol.$Shape;
        }

        namespace Enrol {

            /** Properties of an Enrol. */
            interface $Properties {

                /** Enrol protocol */
                protocol?: number;

                /** Enrol name */
                name?: string;

                /** Enrol facts */
                facts?: longarm.v1.StableFacts.$Properties;

                /** Enrol slots */
                slots?: number;

                /** Enrol bootId */
                bootId?: string;

                /** Enrol nonce */
                nonce?: string;

                /** Enrol journalId */
                journalId?: (string|null);

                /** Enrol keys */
                keys?: longarm.v1.AgentKeys.$Properties;

                /** Enrol proof */
                proof?: Uint8Array;

                /** Enrol generation */
                generation?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Enrol. */
            type $Shape = longarm.v1.Enrol.$Properties;
        }

        /**
         * Properties of an AgentKeys.
         * @deprecated Use longarm.v1.AgentKeys.$Properties instead.
         */
        interface IAgentKeys extends longarm.v1.AgentKeys.$Properties {
        }

        /** Represents an AgentKeys. */
        class AgentKeys {

            /**
             * Constructs a new AgentKeys.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.AgentKeys.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AgentKeys identity. */
            identity: Uint8Array;

            /** AgentKeys signing. */
            signing: Uint8Array;

            /** AgentKeys sealing. */
            sealing: Uint8Array;

            /**
             * Creates a new AgentKeys instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AgentKeys instance
             */
            static create(properties: longarm.v1.AgentKeys.$Shape): longarm.v1.AgentKeys & longarm.v1.AgentKeys.$Shape;
            static create(properties?: longarm.v1.AgentKeys.$Properties): longarm.v1.AgentKeys;

            /**
             * Encodes the specified AgentKeys message. Does not implicitly {@link longarm.v1.AgentKeys.verify|verify} messages.
             * @param message AgentKeys message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.AgentKeys.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AgentKeys message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.AgentKeys & longarm.v1.AgentKeys.$Shape} AgentKeys
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.AgentKeys & longarm.v1.AgentKeys.$Shape;
        }

        namespace AgentKeys {

            /** Properties of an AgentKeys. */
            interface $Properties {

                /** AgentKeys identity */
                identity?: Uint8Array;

                /** AgentKeys signing */
                signing?: Uint8Array;

                /** AgentKeys sealing */
                sealing?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AgentKeys. */
            type $Shape = longarm.v1.AgentKeys.$Properties;
        }

        /**
         * Properties of an InstallationKeys.
         * @deprecated Use longarm.v1.InstallationKeys.$Properties instead.
         */
        interface IInstallationKeys extends longarm.v1.InstallationKeys.$Properties {
        }

        /** Represents an InstallationKeys. */
        class InstallationKeys {

            /**
             * Constructs a new InstallationKeys.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.InstallationKeys.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InstallationKeys root. */
            root: Uint8Array;

            /** InstallationKeys serial. */
            serial: number;

            /** InstallationKeys signing. */
            signing: Uint8Array[];

            /** InstallationKeys sealing. */
            sealing: Uint8Array[];

            /**
             * Creates a new InstallationKeys instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InstallationKeys instance
             */
            static create(properties: longarm.v1.InstallationKeys.$Shape): longarm.v1.InstallationKeys & longarm.v1.InstallationKeys.$Shape;
            static create(properties?: longarm.v1.InstallationKeys.$Properties): longarm.v1.InstallationKeys;

            /**
             * Encodes the specified InstallationKeys message. Does not implicitly {@link longarm.v1.InstallationKeys.verify|verify} messages.
             * @param message InstallationKeys message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.InstallationKeys.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InstallationKeys message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.InstallationKeys & longarm.v1.InstallationKeys.$Shape} InstallationKeys
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.InstallationKeys & longarm.v1.InstallationKeys.$Shape;
        }

        namespace InstallationKeys {

            /** Properties of an InstallationKeys. */
            interface $Properties {

                /** InstallationKeys root */
                root?: Uint8Array;

                /** InstallationKeys serial */
                serial?: number;

                /** InstallationKeys signing */
                signing?: Uint8Array[];

                /** InstallationKeys sealing */
                sealing?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InstallationKeys. */
            type $Shape = longarm.v1.InstallationKeys.$Properties;
        }

        /**
         * Properties of a SignedInstallationKeys.
         * @deprecated Use longarm.v1.SignedInstallationKeys.$Properties instead.
         */
        interface ISignedInstallationKeys extends longarm.v1.SignedInstallationKeys.$Properties {
        }

        /** Represents a SignedInstallationKeys. */
        class SignedInstallationKeys {

            /**
             * Constructs a new SignedInstallationKeys.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.SignedInstallationKeys.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SignedInstallationKeys keys. */
            keys: Uint8Array;

            /** SignedInstallationKeys signature. */
            signature: Uint8Array;

            /**
             * Creates a new SignedInstallationKeys instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SignedInstallationKeys instance
             */
            static create(properties: longarm.v1.SignedInstallationKeys.$Shape): longarm.v1.SignedInstallationKeys & longarm.v1.SignedInstallationKeys.$Shape;
            static create(properties?: longarm.v1.SignedInstallationKeys.$Properties): longarm.v1.SignedInstallationKeys;

            /**
             * Encodes the specified SignedInstallationKeys message. Does not implicitly {@link longarm.v1.SignedInstallationKeys.verify|verify} messages.
             * @param message SignedInstallationKeys message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.SignedInstallationKeys.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignedInstallationKeys message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.SignedInstallationKeys & longarm.v1.SignedInstallationKeys.$Shape} SignedInstallationKeys
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.SignedInstallationKeys & longarm.v1.SignedInstallationKeys.$Shape;
        }

        namespace SignedInstallationKeys {

            /** Properties of a SignedInstallationKeys. */
            interface $Properties {

                /** SignedInstallationKeys keys */
                keys?: Uint8Array;

                /** SignedInstallationKeys signature */
                signature?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SignedInstallationKeys. */
            type $Shape = longarm.v1.SignedInstallationKeys.$Properties;
        }

        /**
         * Properties of a Granted.
         * @deprecated Use longarm.v1.Granted.$Properties instead.
         */
        interface IGranted extends longarm.v1.Granted.$Properties {
        }

        /** Represents a Granted. */
        class Granted {

            /**
             * Constructs a new Granted.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Granted.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Granted labels. */
            labels: longarm.v1.Label[];

            /** Granted desired. */
            desired: string;

            /**
             * Creates a new Granted instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Granted instance
             */
            static create(properties: longarm.v1.Granted.$Shape): longarm.v1.Granted & longarm.v1.Granted.$Shape;
            static create(properties?: longarm.v1.Granted.$Properties): longarm.v1.Granted;

            /**
             * Encodes the specified Granted message. Does not implicitly {@link longarm.v1.Granted.verify|verify} messages.
             * @param message Granted message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Granted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Granted message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Granted & longarm.v1.Granted.$Shape} Granted
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Granted & longarm.v1.Granted.$Shape;
        }

        namespace Granted {

            /** Properties of a Granted. */
            interface $Properties {

                /** Granted labels */
                labels?: longarm.v1.Label.$Properties[];

                /** Granted desired */
                desired?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Granted. */
            type $Shape = longarm.v1.Granted.$Properties;
        }

        /**
         * Properties of an Enrolled.
         * @deprecated Use longarm.v1.Enrolled.$Properties instead.
         */
        interface IEnrolled extends longarm.v1.Enrolled.$Properties {
        }

        /** Represents an Enrolled. */
        class Enrolled {

            /**
             * Constructs a new Enrolled.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Enrolled.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Enrolled controllerId. */
            controllerId: string;

            /** Enrolled nonce. */
            nonce: string;

            /** Enrolled protocolMin. */
            protocolMin: number;

            /** Enrolled protocolMax. */
            protocolMax: number;

            /** Enrolled nowMs. */
            nowMs: number;

            /** Enrolled granted. */
            granted: (longarm.v1.Granted|null);

            /** Enrolled refused. */
            refused: (longarm.v1.ErrorBody|null);

            /** Enrolled installation. */
            installation: longarm.v1.SignedInstallationKeys;

            /** Enrolled answer. */
            answer?: ("granted"|"refused");

            /**
             * Creates a new Enrolled instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Enrolled instance
             */
            static create(properties: longarm.v1.Enrolled.$Shape): longarm.v1.Enrolled & longarm.v1.Enrolled.$Shape;
            static create(properties?: longarm.v1.Enrolled.$Properties): longarm.v1.Enrolled;

            /**
             * Encodes the specified Enrolled message. Does not implicitly {@link longarm.v1.Enrolled.verify|verify} messages.
             * @param message Enrolled message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Enrolled.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Enrolled message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Enrolled & longarm.v1.Enrolled.$Shape} Enrolled
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Enrolled & longarm.v1.Enrolled.$Shape;
        }

        namespace Enrolled {

            /** Properties of an Enrolled. */
            interface $Properties {

                /** Enrolled controllerId */
                controllerId?: string;

                /** Enrolled nonce */
                nonce?: string;

                /** Enrolled protocolMin */
                protocolMin?: number;

                /** Enrolled protocolMax */
                protocolMax?: number;

                /** Enrolled nowMs */
                nowMs?: number;

                /** Enrolled granted */
                granted?: (longarm.v1.Granted.$Properties|null);

                /** Enrolled refused */
                refused?: (longarm.v1.ErrorBody.$Properties|null);

                /** Enrolled installation */
                installation?: longarm.v1.SignedInstallationKeys.$Properties;

                /** Enrolled answer */
                answer?: ("granted"|"refused");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an Enrolled. */
            type $Shape = {
              controllerId?: string;
              nonce?: string;
              protocolMin?: number;
              protocolMax?: number;
              nowMs?: number;
              granted?: longarm.v1.Granted.$Shape|null;
              refused?: longarm.v1.ErrorBody.$Shape|null;
              installation?: longarm.v1.SignedInstallationKeys.$Shape;
              $unknowns?: Uint8Array[];
            } & (
              ({ answer?: undefined; granted?: null; refused?: null }|{ answer?: "granted"; granted: longarm.v1.Granted.$Shape; refused?: null }|{ answer?: "refused"; granted?: null; refused: longarm.v1.ErrorBody.$Shape })
            );
        }

        /**
         * Properties of a Reach.
         * @deprecated Use longarm.v1.Reach.$Properties instead.
         */
        interface IReach extends longarm.v1.Reach.$Properties {
        }

        /** Represents a Reach. */
        class Reach {

            /**
             * Constructs a new Reach.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Reach.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Reach connection. */
            connection: string;

            /** Reach ms. */
            ms: number;

            /**
             * Creates a new Reach instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Reach instance
             */
            static create(properties: longarm.v1.Reach.$Shape): longarm.v1.Reach & longarm.v1.Reach.$Shape;
            static create(properties?: longarm.v1.Reach.$Properties): longarm.v1.Reach;

            /**
             * Encodes the specified Reach message. Does not implicitly {@link longarm.v1.Reach.verify|verify} messages.
             * @param message Reach message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Reach.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Reach message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Reach & longarm.v1.Reach.$Shape} Reach
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Reach & longarm.v1.Reach.$Shape;
        }

        namespace Reach {

            /** Properties of a Reach. */
            interface $Properties {

                /** Reach connection */
                connection?: string;

                /** Reach ms */
                ms?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Reach. */
            type $Shape = longarm.v1.Reach.$Properties;
        }

        /**
         * Properties of a Beat.
         * @deprecated Use longarm.v1.Beat.$Properties instead.
         */
        interface IBeat extends longarm.v1.Beat.$Properties {
        }

        /** Represents a Beat. */
        class Beat {

            /**
             * Constructs a new Beat.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Beat.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Beat bootId. */
            bootId: string;

            /** Beat seq. */
            seq: number;

            /** Beat slotsTotal. */
            slotsTotal: number;

            /** Beat slotsFree. */
            slotsFree: number;

            /** Beat load. */
            load: number;

            /** Beat loopLagMs. */
            loopLagMs: number;

            /** Beat reach. */
            reach: longarm.v1.Reach[];

            /** Beat facts. */
            facts: longarm.v1.StableFacts;

            /** Beat state. */
            state: string;

            /** Beat openCalls. */
            openCalls: number;

            /** Beat journalId. */
            journalId: (string|null);

            /** Beat journalState. */
            journalState: (string|null);

            /** Beat policyHash. */
            policyHash: (string|null);

            /** Beat policyStale. */
            policyStale: boolean;

            /**
             * Creates a new Beat instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Beat instance
             */
            static create(properties: longarm.v1.Beat.$Shape): longarm.v1.Beat & longarm.v1.Beat.$Shape;
            static create(properties?: longarm.v1.Beat.$Properties): longarm.v1.Beat;

            /**
             * Encodes the specified Beat message. Does not implicitly {@link longarm.v1.Beat.verify|verify} messages.
             * @param message Beat message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Beat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Beat message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Beat & longarm.v1.Beat.$Shape} Beat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Beat & longarm.v1.Beat.$Shape;
        }

        namespace Beat {

            /** Properties of a Beat. */
            interface $Properties {

                /** Beat bootId */
                bootId?: string;

                /** Beat seq */
                seq?: number;

                /** Beat slotsTotal */
                slotsTotal?: number;

                /** Beat slotsFree */
                slotsFree?: number;

                /** Beat load */
                load?: number;

                /** Beat loopLagMs */
                loopLagMs?: number;

                /** Beat reach */
                reach?: longarm.v1.Reach.$Properties[];

                /** Beat facts */
                facts?: longarm.v1.StableFacts.$Properties;

                /** Beat state */
                state?: string;

                /** Beat openCalls */
                openCalls?: number;

                /** Beat journalId */
                journalId?: (string|null);

                /** Beat journalState */
                journalState?: (string|null);

                /** Beat policyHash */
                policyHash?: (string|null);

                /** Beat policyStale */
                policyStale?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Beat. */
            type $Shape = longarm.v1.Beat.$Properties;
        }

        /**
         * Properties of a Desired.
         * @deprecated Use longarm.v1.Desired.$Properties instead.
         */
        interface IDesired extends longarm.v1.Desired.$Properties {
        }

        /** Represents a Desired. */
        class Desired {

            /**
             * Constructs a new Desired.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Desired.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Desired controllerId. */
            controllerId: string;

            /** Desired state. */
            state: (string|null);

            /** Desired enrol. */
            enrol: boolean;

            /**
             * Creates a new Desired instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Desired instance
             */
            static create(properties: longarm.v1.Desired.$Shape): longarm.v1.Desired & longarm.v1.Desired.$Shape;
            static create(properties?: longarm.v1.Desired.$Properties): longarm.v1.Desired;

            /**
             * Encodes the specified Desired message. Does not implicitly {@link longarm.v1.Desired.verify|verify} messages.
             * @param message Desired message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Desired.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Desired message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Desired & longarm.v1.Desired.$Shape} Desired
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Desired & longarm.v1.Desired.$Shape;
        }

        namespace Desired {

            /** Properties of a Desired. */
            interface $Properties {

                /** Desired controllerId */
                controllerId?: string;

                /** Desired state */
                state?: (string|null);

                /** Desired enrol */
                enrol?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Desired. */
            type $Shape = longarm.v1.Desired.$Properties;
        }

        /**
         * Properties of a Pair.
         * @deprecated Use longarm.v1.Pair.$Properties instead.
         */
        interface IPair extends longarm.v1.Pair.$Properties {
        }

        /** Represents a Pair. */
        class Pair {

            /**
             * Constructs a new Pair.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Pair.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Pair name. */
            name: string;

            /** Pair value. */
            value: string;

            /**
             * Creates a new Pair instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Pair instance
             */
            static create(properties: longarm.v1.Pair.$Shape): longarm.v1.Pair & longarm.v1.Pair.$Shape;
            static create(properties?: longarm.v1.Pair.$Properties): longarm.v1.Pair;

            /**
             * Encodes the specified Pair message. Does not implicitly {@link longarm.v1.Pair.verify|verify} messages.
             * @param message Pair message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Pair.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Pair message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Pair & longarm.v1.Pair.$Shape} Pair
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Pair & longarm.v1.Pair.$Shape;
        }

        namespace Pair {

            /** Properties of a Pair. */
            interface $Properties {

                /** Pair name */
                name?: string;

                /** Pair value */
                value?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Pair. */
            type $Shape = longarm.v1.Pair.$Properties;
        }

        /**
         * Properties of an ErrorBody.
         * @deprecated Use longarm.v1.ErrorBody.$Properties instead.
         */
        interface IErrorBody extends longarm.v1.ErrorBody.$Properties {
        }

        /** Represents an ErrorBody. */
        class ErrorBody {

            /**
             * Constructs a new ErrorBody.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.ErrorBody.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ErrorBody code. */
            code: string;

            /** ErrorBody message. */
            message: string;

            /** ErrorBody retryable. */
            retryable: boolean;

            /** ErrorBody details. */
            details: (string|null);

            /**
             * Creates a new ErrorBody instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ErrorBody instance
             */
            static create(properties: longarm.v1.ErrorBody.$Shape): longarm.v1.ErrorBody & longarm.v1.ErrorBody.$Shape;
            static create(properties?: longarm.v1.ErrorBody.$Properties): longarm.v1.ErrorBody;

            /**
             * Encodes the specified ErrorBody message. Does not implicitly {@link longarm.v1.ErrorBody.verify|verify} messages.
             * @param message ErrorBody message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.ErrorBody.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ErrorBody message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.ErrorBody & longarm.v1.ErrorBody.$Shape} ErrorBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.ErrorBody & longarm.v1.ErrorBody.$Shape;
        }

        namespace ErrorBody {

            /** Properties of an ErrorBody. */
            interface $Properties {

                /** ErrorBody code */
                code?: string;

                /** ErrorBody message */
                message?: string;

                /** ErrorBody retryable */
                retryable?: boolean;

                /** ErrorBody details */
                details?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ErrorBody. */
            type $Shape = longarm.v1.ErrorBody.$Properties;
        }

        /**
         * Properties of an Auth.
         * @deprecated Use longarm.v1.Auth.$Properties instead.
         */
        interface IAuth extends longarm.v1.Auth.$Properties {
        }

        /** Represents an Auth. */
        class Auth {

            /**
             * Constructs a new Auth.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Auth.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Auth none. */
            none: (longarm.v1.NoAuth|null);

            /** Auth ssws. */
            ssws: (longarm.v1.SswsAuth|null);

            /** Auth oauth. */
            oauth: (longarm.v1.OAuthAuth|null);

            /** Auth reference. */
            reference: (longarm.v1.ReferenceAuth|null);

            /** Auth scheme. */
            scheme?: ("none"|"ssws"|"oauth"|"reference");

            /**
             * Creates a new Auth instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Auth instance
             */
            static create(properties: longarm.v1.Auth.$Shape): longarm.v1.Auth & longarm.v1.Auth.$Shape;
            static create(properties?: longarm.v1.Auth.$Properties): longarm.v1.Auth;

            /**
             * Encodes the specified Auth message. Does not implicitly {@link longarm.v1.Auth.verify|verify} messages.
             * @param message Auth message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Auth.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Auth message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Auth & longarm.v1.Auth.$Shape} Auth
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Auth & longarm.v1.Auth.$Shape;
        }

        namespace Auth {

            /** Properties of an Auth. */
            interface $Properties {

                /** Auth none */
                none?: (longarm.v1.NoAuth.$Properties|null);

                /** Auth ssws */
                ssws?: (longarm.v1.SswsAuth.$Properties|null);

                /** Auth oauth */
                oauth?: (longarm.v1.OAuthAuth.$Properties|null);

                /** Auth reference */
                reference?: (longarm.v1.ReferenceAuth.$Properties|null);

                /** Auth scheme */
                scheme?: ("none"|"ssws"|"oauth"|"reference");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an Auth. */
            type $Shape = {
              none?: longarm.v1.NoAuth.$Shape|null;
              ssws?: longarm.v1.SswsAuth.$Shape|null;
              oauth?: longarm.v1.OAuthAuth.$Shape|null;
              reference?: longarm.v1.ReferenceAuth.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ scheme?: undefined; none?: null; ssws?: null; oauth?: null; reference?: null }|{ scheme?: "none"; none: longarm.v1.NoAuth.$Shape; ssws?: null; oauth?: null; reference?: null }|{ scheme?: "ssws"; none?: null; ssws: longarm.v1.SswsAuth.$Shape; oauth?: null; reference?: null }|{ scheme?: "oauth"; none?: null; ssws?: null; oauth: longarm.v1.OAuthAuth.$Shape; reference?: null }|{ scheme?: "reference"; none?: null; ssws?: null; oauth?: null; reference: longarm.v1.ReferenceAuth.$Shape })
            );
        }

        /**
         * Properties of a NoAuth.
         * @deprecated Use longarm.v1.NoAuth.$Properties instead.
         */
        interface INoAuth extends longarm.v1.NoAuth.$Properties {
        }

        /** Represents a NoAuth. */
        class NoAuth {

            /**
             * Constructs a new NoAuth.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.NoAuth.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new NoAuth instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NoAuth instance
             */
            static create(properties: longarm.v1.NoAuth.$Shape): longarm.v1.NoAuth & longarm.v1.NoAuth.$Shape;
            static create(properties?: longarm.v1.NoAuth.$Properties): longarm.v1.NoAuth;

            /**
             * Encodes the specified NoAuth message. Does not implicitly {@link longarm.v1.NoAuth.verify|verify} messages.
             * @param message NoAuth message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.NoAuth.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NoAuth message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.NoAuth & longarm.v1.NoAuth.$Shape} NoAuth
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.NoAuth & longarm.v1.NoAuth.$Shape;
        }

        namespace NoAuth {

            /** Properties of a NoAuth. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NoAuth. */
            type $Shape = longarm.v1.NoAuth.$Properties;
        }

        /**
         * Properties of a SswsAuth.
         * @deprecated Use longarm.v1.SswsAuth.$Properties instead.
         */
        interface ISswsAuth extends longarm.v1.SswsAuth.$Properties {
        }

        /** Represents a SswsAuth. */
        class SswsAuth {

            /**
             * Constructs a new SswsAuth.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.SswsAuth.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SswsAuth token. */
            token: Uint8Array;

            /**
             * Creates a new SswsAuth instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SswsAuth instance
             */
            static create(properties: longarm.v1.SswsAuth.$Shape): longarm.v1.SswsAuth & longarm.v1.SswsAuth.$Shape;
            static create(properties?: longarm.v1.SswsAuth.$Properties): longarm.v1.SswsAuth;

            /**
             * Encodes the specified SswsAuth message. Does not implicitly {@link longarm.v1.SswsAuth.verify|verify} messages.
             * @param message SswsAuth message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.SswsAuth.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SswsAuth message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.SswsAuth & longarm.v1.SswsAuth.$Shape} SswsAuth
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.SswsAuth & longarm.v1.SswsAuth.$Shape;
        }

        namespace SswsAuth {

            /** Properties of a SswsAuth. */
            interface $Properties {

                /** SswsAuth token */
                token?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SswsAuth. */
            type $Shape = longarm.v1.SswsAuth.$Properties;
        }

        /**
         * Properties of a OAuthAuth.
         * @deprecated Use longarm.v1.OAuthAuth.$Properties instead.
         */
        interface IOAuthAuth extends longarm.v1.OAuthAuth.$Properties {
        }

        /** Represents a OAuthAuth. */
        class OAuthAuth {

            /**
             * Constructs a new OAuthAuth.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.OAuthAuth.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OAuthAuth clientId. */
            clientId: string;

            /** OAuthAuth privateKey. */
            privateKey: Uint8Array;

            /** OAuthAuth keyId. */
            keyId: (string|null);

            /** OAuthAuth scopes. */
            scopes: string[];

            /** OAuthAuth tokenPath. */
            tokenPath: string;

            /**
             * Creates a new OAuthAuth instance using the specified properties.
             * @param [properties] Properties to set
             * @returns OAuthAuth instance
             */
            static create(properties: longarm.v1.OAuthAuth.$Shape): longarm.v1.OAuthAuth & longarm.v1.OAuthAuth.$Shape;
            static create(properties?: longarm.v1.OAuthAuth.$Properties): longarm.v1.OAuthAuth;

            /**
             * Encodes the specified OAuthAuth message. Does not implicitly {@link longarm.v1.OAuthAuth.verify|verify} messages.
             * @param message OAuthAuth message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.OAuthAuth.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a OAuthAuth message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.OAuthAuth & longarm.v1.OAuthAuth.$Shape} OAuthAuth
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.OAuthAuth & longarm.v1.OAuthAuth.$Shape;
        }

        namespace OAuthAuth {

            /** Properties of a OAuthAuth. */
            interface $Properties {

                /** OAuthAuth clientId */
                clientId?: string;

                /** OAuthAuth privateKey */
                privateKey?: Uint8Array;

                /** OAuthAuth keyId */
                keyId?: (string|null);

                /** OAuthAuth scopes */
                scopes?: string[];

                /** OAuthAuth tokenPath */
                tokenPath?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a OAuthAuth. */
            type $Shape = longarm.v1.OAuthAuth.$Properties;
        }

        /**
         * Properties of a ReferenceAuth.
         * @deprecated Use longarm.v1.ReferenceAuth.$Properties instead.
         */
        interface IReferenceAuth extends longarm.v1.ReferenceAuth.$Properties {
        }

        /** Represents a ReferenceAuth. */
        class ReferenceAuth {

            /**
             * Constructs a new ReferenceAuth.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.ReferenceAuth.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReferenceAuth name. */
            name: string;

            /** ReferenceAuth scopes. */
            scopes: string[];

            /** ReferenceAuth tokenPath. */
            tokenPath: string;

            /**
             * Creates a new ReferenceAuth instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ReferenceAuth instance
             */
            static create(properties: longarm.v1.ReferenceAuth.$Shape): longarm.v1.ReferenceAuth & longarm.v1.ReferenceAuth.$Shape;
            static create(properties?: longarm.v1.ReferenceAuth.$Properties): longarm.v1.ReferenceAuth;

            /**
             * Encodes the specified ReferenceAuth message. Does not implicitly {@link longarm.v1.ReferenceAuth.verify|verify} messages.
             * @param message ReferenceAuth message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.ReferenceAuth.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReferenceAuth message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.ReferenceAuth & longarm.v1.ReferenceAuth.$Shape} ReferenceAuth
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.ReferenceAuth & longarm.v1.ReferenceAuth.$Shape;
        }

        namespace ReferenceAuth {

            /** Properties of a ReferenceAuth. */
            interface $Properties {

                /** ReferenceAuth name */
                name?: string;

                /** ReferenceAuth scopes */
                scopes?: string[];

                /** ReferenceAuth tokenPath */
                tokenPath?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReferenceAuth. */
            type $Shape = longarm.v1.ReferenceAuth.$Properties;
        }

        /**
         * Properties of a Follow.
         * @deprecated Use longarm.v1.Follow.$Properties instead.
         */
        interface IFollow extends longarm.v1.Follow.$Properties {
        }

        /** Represents a Follow. */
        class Follow {

            /**
             * Constructs a new Follow.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Follow.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Follow resumeAt. */
            resumeAt: (string|null);

            /** Follow pagesAhead. */
            pagesAhead: number;

            /** Follow windowBytes. */
            windowBytes: number;

            /** Follow repeats. */
            repeats: string[];

            /** Follow pollMs. */
            pollMs: (number|null);

            /**
             * Creates a new Follow instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Follow instance
             */
            static create(properties: longarm.v1.Follow.$Shape): longarm.v1.Follow & longarm.v1.Follow.$Shape;
            static create(properties?: longarm.v1.Follow.$Properties): longarm.v1.Follow;

            /**
             * Encodes the specified Follow message. Does not implicitly {@link longarm.v1.Follow.verify|verify} messages.
             * @param message Follow message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Follow.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Follow message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Follow & longarm.v1.Follow.$Shape} Follow
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Follow & longarm.v1.Follow.$Shape;
        }

        namespace Follow {

            /** Properties of a Follow. */
            interface $Properties {

                /** Follow resumeAt */
                resumeAt?: (string|null);

                /** Follow pagesAhead */
                pagesAhead?: number;

                /** Follow windowBytes */
                windowBytes?: number;

                /** Follow repeats */
                repeats?: string[];

                /** Follow pollMs */
                pollMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Follow. */
            type $Shape = longarm.v1.Follow.$Properties;
        }

        /**
         * Properties of a Check.
         * @deprecated Use longarm.v1.Check.$Properties instead.
         */
        interface ICheck extends longarm.v1.Check.$Properties {
        }

        /** Represents a Check. */
        class Check {

            /**
             * Constructs a new Check.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Check.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Check selector. */
            selector: (string|null);

            /** Check connection. */
            connection: string;

            /** Check targetHost. */
            targetHost: string;

            /** Check targetAddresses. */
            targetAddresses: string[];

            /** Check facts. */
            facts: longarm.v1.StableFacts;

            /**
             * Creates a new Check instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Check instance
             */
            static create(properties: longarm.v1.Check.$Shape): longarm.v1.Check & longarm.v1.Check.$Shape;
            static create(properties?: longarm.v1.Check.$Properties): longarm.v1.Check;

            /**
             * Encodes the specified Check message. Does not implicitly {@link longarm.v1.Check.verify|verify} messages.
             * @param message Check message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Check.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Check message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Check & longarm.v1.Check.$Shape} Check
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Check & longarm.v1.Check.$Shape;
        }

        namespace Check {

            /** Properties of a Check. */
            interface $Properties {

                /** Check selector */
                selector?: (string|null);

                /** Check connection */
                connection?: string;

                /** Check targetHost */
                targetHost?: string;

                /** Check targetAddresses */
                targetAddresses?: string[];

                /** Check facts */
                facts?: longarm.v1.StableFacts.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Check. */
            type $Shape = longarm.v1.Check.$Properties;
        }

        /**
         * Properties of a StableFacts.
         * @deprecated Use longarm.v1.StableFacts.$Properties instead.
         */
        interface IStableFacts extends longarm.v1.StableFacts.$Properties {
        }

        /** Represents a StableFacts. */
        class StableFacts {

            /**
             * Constructs a new StableFacts.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.StableFacts.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StableFacts os. */
            os: string;

            /** StableFacts arch. */
            arch: string;

            /** StableFacts version. */
            version: string;

            /** StableFacts hostname. */
            hostname: string;

            /** StableFacts addresses. */
            addresses: string[];

            /** StableFacts credentials. */
            credentials: string[];

            /**
             * Creates a new StableFacts instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StableFacts instance
             */
            static create(properties: longarm.v1.StableFacts.$Shape): longarm.v1.StableFacts & longarm.v1.StableFacts.$Shape;
            static create(properties?: longarm.v1.StableFacts.$Properties): longarm.v1.StableFacts;

            /**
             * Encodes the specified StableFacts message. Does not implicitly {@link longarm.v1.StableFacts.verify|verify} messages.
             * @param message StableFacts message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.StableFacts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StableFacts message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.StableFacts & longarm.v1.StableFacts.$Shape} StableFacts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.StableFacts & longarm.v1.StableFacts.$Shape;
        }

        namespace StableFacts {

            /** Properties of a StableFacts. */
            interface $Properties {

                /** StableFacts os */
                os?: string;

                /** StableFacts arch */
                arch?: string;

                /** StableFacts version */
                version?: string;

                /** StableFacts hostname */
                hostname?: string;

                /** StableFacts addresses */
                addresses?: string[];

                /** StableFacts credentials */
                credentials?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StableFacts. */
            type $Shape = longarm.v1.StableFacts.$Properties;
        }

        /**
         * Properties of a Credit.
         * @deprecated Use longarm.v1.Credit.$Properties instead.
         */
        interface ICredit extends longarm.v1.Credit.$Properties {
        }

        /** Represents a Credit. */
        class Credit {

            /**
             * Constructs a new Credit.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Credit.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Credit bytes. */
            bytes: number;

            /** Credit pages. */
            pages: number;

            /**
             * Creates a new Credit instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Credit instance
             */
            static create(properties: longarm.v1.Credit.$Shape): longarm.v1.Credit & longarm.v1.Credit.$Shape;
            static create(properties?: longarm.v1.Credit.$Properties): longarm.v1.Credit;

            /**
             * Encodes the specified Credit message. Does not implicitly {@link longarm.v1.Credit.verify|verify} messages.
             * @param message Credit message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Credit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Credit message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Credit & longarm.v1.Credit.$Shape} Credit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Credit & longarm.v1.Credit.$Shape;
        }

        namespace Credit {

            /** Properties of a Credit. */
            interface $Properties {

                /** Credit bytes */
                bytes?: number;

                /** Credit pages */
                pages?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Credit. */
            type $Shape = longarm.v1.Credit.$Properties;
        }

        /**
         * Properties of a Call.
         * @deprecated Use longarm.v1.Call.$Properties instead.
         */
        interface ICall extends longarm.v1.Call.$Properties {
        }

        /** Represents a Call. */
        class Call {

            /**
             * Constructs a new Call.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Call.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Call protocol. */
            protocol: number;

            /** Call controllerId. */
            controllerId: string;

            /** Call channel. */
            channel: number;

            /** Call runId. */
            runId: string;

            /** Call callId. */
            callId: string;

            /** Call attempt. */
            attempt: number;

            /** Call effect. */
            effect: string;

            /** Call method. */
            method: string;

            /** Call baseUrl. */
            baseUrl: string;

            /** Call path. */
            path: string;

            /** Call query. */
            query: longarm.v1.Pair[];

            /** Call headers. */
            headers: longarm.v1.Pair[];

            /** Call body. */
            body: (Uint8Array|null);

            /** Call bodyBytes. */
            bodyBytes: number;

            /** Call auth. */
            auth: longarm.v1.Auth;

            /** Call timeoutMs. */
            timeoutMs: number;

            /** Call notAfterMs. */
            notAfterMs: number;

            /** Call maxResponseBytes. */
            maxResponseBytes: number;

            /** Call follow. */
            follow: longarm.v1.Follow;

            /** Call credit. */
            credit: longarm.v1.Credit;

            /** Call check. */
            check: longarm.v1.Check;

            /** Call journalId. */
            journalId: (string|null);

            /** Call audience. */
            audience: string;

            /** Call bootId. */
            bootId: string;

            /** Call epoch. */
            epoch: number;

            /** Call replyKey. */
            replyKey: Uint8Array;

            /** Call bodySha256. */
            bodySha256: (Uint8Array|null);

            /**
             * Creates a new Call instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Call instance
             */
            static create(properties: longarm.v1.Call.$Shape): longarm.v1.Call & longarm.v1.Call.$Shape;
            static create(properties?: longarm.v1.Call.$Properties): longarm.v1.Call;

            /**
             * Encodes the specified Call message. Does not implicitly {@link longarm.v1.Call.verify|verify} messages.
             * @param message Call message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Call.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Call message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Call & longarm.v1.Call.$Shape} Call
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Call & longarm.v1.Call.$Shape;
        }

        namespace Call {

            /** Properties of a Call. */
            interface $Properties {

                /** Call protocol */
                protocol?: number;

                /** Call controllerId */
                controllerId?: string;

                /** Call channel */
                channel?: number;

                /** Call runId */
                runId?: string;

                /** Call callId */
                callId?: string;

                /** Call attempt */
                attempt?: number;

                /** Call effect */
                effect?: string;

                /** Call method */
                method?: string;

                /** Call baseUrl */
                baseUrl?: string;

                /** Call path */
                path?: string;

                /** Call query */
                query?: longarm.v1.Pair.$Properties[];

                /** Call headers */
                headers?: longarm.v1.Pair.$Properties[];

                /** Call body */
                body?: (Uint8Array|null);

                /** Call bodyBytes */
                bodyBytes?: number;

                /** Call auth */
                auth?: longarm.v1.Auth.$Properties;

                /** Call timeoutMs */
                timeoutMs?: number;

                /** Call notAfterMs */
                notAfterMs?: number;

                /** Call maxResponseBytes */
                maxResponseBytes?: number;

                /** Call follow */
                follow?: longarm.v1.Follow.$Properties;

                /** Call credit */
                credit?: longarm.v1.Credit.$Properties;

                /** Call check */
                check?: longarm.v1.Check.$Properties;

                /** Call journalId */
                journalId?: (string|null);

                /** Call audience */
                audience?: string;

                /** Call bootId */
                bootId?: string;

                /** Call epoch */
                epoch?: number;

                /** Call replyKey */
                replyKey?: Uint8Array;

                /** Call bodySha256 */
                bodySha256?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Call. */
            type $Shape = {
              protocol?: number;
              controllerId?: string;
              channel?: number;
              runId?: string;
              callId?: string;
              attempt?: number;
              effect?: string;
              method?: string;
              baseUrl?: string;
              path?: string;
              query?: longarm.v1.Pair.$Shape[];
              headers?: longarm.v1.Pair.$Shape[];
              body?: Uint8Array|null;
              bodyBytes?: number;
              auth?: longarm.v1.Auth.$Shape;
              timeoutMs?: number;
              notAfterMs?: number;
              maxResponseBytes?: number;
              follow?: longarm.v1.Follow.$Shape;
              credit?: longarm.v1.Credit.$Shape;
              check?: longarm.v1.Check.$Shape;
              journalId?: string|null;
              audience?: string;
              bootId?: string;
              epoch?: number;
              replyKey?: Uint8Array;
              bodySha256?: Uint8Array|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a RateLimit.
         * @deprecated Use longarm.v1.RateLimit.$Properties instead.
         */
        interface IRateLimit extends longarm.v1.RateLimit.$Properties {
        }

        /** Represents a RateLimit. */
        class RateLimit {

            /**
             * Constructs a new RateLimit.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.RateLimit.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RateLimit limit. */
            limit: number;

            /** RateLimit remaining. */
            remaining: number;

            /** RateLimit reset. */
            reset: number;

            /** RateLimit date. */
            date: (number|null);

            /**
             * Creates a new RateLimit instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RateLimit instance
             */
            static create(properties: longarm.v1.RateLimit.$Shape): longarm.v1.RateLimit & longarm.v1.RateLimit.$Shape;
            static create(properties?: longarm.v1.RateLimit.$Properties): longarm.v1.RateLimit;

            /**
             * Encodes the specified RateLimit message. Does not implicitly {@link longarm.v1.RateLimit.verify|verify} messages.
             * @param message RateLimit message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.RateLimit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RateLimit message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.RateLimit & longarm.v1.RateLimit.$Shape} RateLimit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.RateLimit & longarm.v1.RateLimit.$Shape;
        }

        namespace RateLimit {

            /** Properties of a RateLimit. */
            interface $Properties {

                /** RateLimit limit */
                limit?: number;

                /** RateLimit remaining */
                remaining?: number;

                /** RateLimit reset */
                reset?: number;

                /** RateLimit date */
                date?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RateLimit. */
            type $Shape = longarm.v1.RateLimit.$Properties;
        }

        /**
         * Properties of a CallRecord.
         * @deprecated Use longarm.v1.CallRecord.$Properties instead.
         */
        interface ICallRecord extends longarm.v1.CallRecord.$Properties {
        }

        /** Represents a CallRecord. */
        class CallRecord {

            /**
             * Constructs a new CallRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.CallRecord.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CallRecord method. */
            method: string;

            /** CallRecord path. */
            path: string;

            /** CallRecord status. */
            status: (number|null);

            /** CallRecord sentAt. */
            sentAt: number;

            /** CallRecord headMs. */
            headMs: (number|null);

            /** CallRecord totalMs. */
            totalMs: (number|null);

            /** CallRecord requestBytes. */
            requestBytes: number;

            /** CallRecord responseBytes. */
            responseBytes: number;

            /** CallRecord oktaRequestId. */
            oktaRequestId: (string|null);

            /** CallRecord rateLimit. */
            rateLimit: longarm.v1.RateLimit;

            /** CallRecord policyHash. */
            policyHash: (string|null);

            /** CallRecord policyRule. */
            policyRule: (string|null);

            /** CallRecord journalId. */
            journalId: (string|null);

            /** CallRecord journalHash. */
            journalHash: (string|null);

            /**
             * Creates a new CallRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CallRecord instance
             */
            static create(properties: longarm.v1.CallRecord.$Shape): longarm.v1.CallRecord & longarm.v1.CallRecord.$Shape;
            static create(properties?: longarm.v1.CallRecord.$Properties): longarm.v1.CallRecord;

            /**
             * Encodes the specified CallRecord message. Does not implicitly {@link longarm.v1.CallRecord.verify|verify} messages.
             * @param message CallRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.CallRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CallRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.CallRecord & longarm.v1.CallRecord.$Shape} CallRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.CallRecord & longarm.v1.CallRecord.$Shape;
        }

        namespace CallRecord {

            /** Properties of a CallRecord. */
            interface $Properties {

                /** CallRecord method */
                method?: string;

                /** CallRecord path */
                path?: string;

                /** CallRecord status */
                status?: (number|null);

                /** CallRecord sentAt */
                sentAt?: number;

                /** CallRecord headMs */
                headMs?: (number|null);

                /** CallRecord totalMs */
                totalMs?: (number|null);

                /** CallRecord requestBytes */
                requestBytes?: number;

                /** CallRecord responseBytes */
                responseBytes?: number;

                /** CallRecord oktaRequestId */
                oktaRequestId?: (string|null);

                /** CallRecord rateLimit */
                rateLimit?: longarm.v1.RateLimit.$Properties;

                /** CallRecord policyHash */
                policyHash?: (string|null);

                /** CallRecord policyRule */
                policyRule?: (string|null);

                /** CallRecord journalId */
                journalId?: (string|null);

                /** CallRecord journalHash */
                journalHash?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CallRecord. */
            type $Shape = longarm.v1.CallRecord.$Properties;
        }

        /**
         * Properties of an Accepted.
         * @deprecated Use longarm.v1.Accepted.$Properties instead.
         */
        interface IAccepted extends longarm.v1.Accepted.$Properties {
        }

        /** Represents an Accepted. */
        class Accepted {

            /**
             * Constructs a new Accepted.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Accepted.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new Accepted instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Accepted instance
             */
            static create(properties: longarm.v1.Accepted.$Shape): longarm.v1.Accepted & longarm.v1.Accepted.$Shape;
            static create(properties?: longarm.v1.Accepted.$Properties): longarm.v1.Accepted;

            /**
             * Encodes the specified Accepted message. Does not implicitly {@link longarm.v1.Accepted.verify|verify} messages.
             * @param message Accepted message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Accepted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Accepted message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Accepted & longarm.v1.Accepted.$Shape} Accepted
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Accepted & longarm.v1.Accepted.$Shape;
        }

        namespace Accepted {

            /** Properties of an Accepted. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Accepted. */
            type $Shape = longarm.v1.Accepted.$Properties;
        }

        /**
         * Properties of a Head.
         * @deprecated Use longarm.v1.Head.$Properties instead.
         */
        interface IHead extends longarm.v1.Head.$Properties {
        }

        /** Represents a Head. */
        class Head {

            /**
             * Constructs a new Head.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Head.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Head status. */
            status: number;

            /** Head headers. */
            headers: longarm.v1.Pair[];

            /** Head grantedScopes. */
            grantedScopes: string[];

            /**
             * Creates a new Head instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Head instance
             */
            static create(properties: longarm.v1.Head.$Shape): longarm.v1.Head & longarm.v1.Head.$Shape;
            static create(properties?: longarm.v1.Head.$Properties): longarm.v1.Head;

            /**
             * Encodes the specified Head message. Does not implicitly {@link longarm.v1.Head.verify|verify} messages.
             * @param message Head message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Head.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Head message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Head & longarm.v1.Head.$Shape} Head
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Head & longarm.v1.Head.$Shape;
        }

        namespace Head {

            /** Properties of a Head. */
            interface $Properties {

                /** Head status */
                status?: number;

                /** Head headers */
                headers?: longarm.v1.Pair.$Properties[];

                /** Head grantedScopes */
                grantedScopes?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Head. */
            type $Shape = longarm.v1.Head.$Properties;
        }

        /**
         * Properties of an End.
         * @deprecated Use longarm.v1.End.$Properties instead.
         */
        interface IEnd extends longarm.v1.End.$Properties {
        }

        /** Represents an End. */
        class End {

            /**
             * Constructs a new End.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.End.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** End record. */
            record: longarm.v1.CallRecord;

            /** End next. */
            next: (string|null);

            /** End last. */
            last: boolean;

            /**
             * Creates a new End instance using the specified properties.
             * @param [properties] Properties to set
             * @returns End instance
             */
            static create(properties: longarm.v1.End.$Shape): longarm.v1.End & longarm.v1.End.$Shape;
            static create(properties?: longarm.v1.End.$Properties): longarm.v1.End;

            /**
             * Encodes the specified End message. Does not implicitly {@link longarm.v1.End.verify|verify} messages.
             * @param message End message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.End.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an End message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.End & longarm.v1.End.$Shape} End
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.End & longarm.v1.End.$Shape;
        }

        namespace End {

            /** Properties of an End. */
            interface $Properties {

                /** End record */
                record?: longarm.v1.CallRecord.$Properties;

                /** End next */
                next?: (string|null);

                /** End last */
                last?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an End. */
            type $Shape = longarm.v1.End.$Properties;
        }

        /**
         * Properties of a Whole.
         * @deprecated Use longarm.v1.Whole.$Properties instead.
         */
        interface IWhole extends longarm.v1.Whole.$Properties {
        }

        /** Represents a Whole. */
        class Whole {

            /**
             * Constructs a new Whole.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Whole.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Whole head. */
            head: longarm.v1.Head;

            /** Whole body. */
            body: Uint8Array;

            /** Whole end. */
            end: longarm.v1.End;

            /**
             * Creates a new Whole instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Whole instance
             */
            static create(properties: longarm.v1.Whole.$Shape): longarm.v1.Whole & longarm.v1.Whole.$Shape;
            static create(properties?: longarm.v1.Whole.$Properties): longarm.v1.Whole;

            /**
             * Encodes the specified Whole message. Does not implicitly {@link longarm.v1.Whole.verify|verify} messages.
             * @param message Whole message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Whole.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Whole message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Whole & longarm.v1.Whole.$Shape} Whole
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Whole & longarm.v1.Whole.$Shape;
        }

        namespace Whole {

            /** Properties of a Whole. */
            interface $Properties {

                /** Whole head */
                head?: longarm.v1.Head.$Properties;

                /** Whole body */
                body?: Uint8Array;

                /** Whole end */
                end?: longarm.v1.End.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Whole. */
            type $Shape = longarm.v1.Whole.$Properties;
        }

        /**
         * Properties of a Failure.
         * @deprecated Use longarm.v1.Failure.$Properties instead.
         */
        interface IFailure extends longarm.v1.Failure.$Properties {
        }

        /** Represents a Failure. */
        class Failure {

            /**
             * Constructs a new Failure.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Failure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Failure delivery. */
            delivery: string;

            /** Failure error. */
            error: longarm.v1.ErrorBody;

            /** Failure record. */
            record: longarm.v1.CallRecord;

            /**
             * Creates a new Failure instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Failure instance
             */
            static create(properties: longarm.v1.Failure.$Shape): longarm.v1.Failure & longarm.v1.Failure.$Shape;
            static create(properties?: longarm.v1.Failure.$Properties): longarm.v1.Failure;

            /**
             * Encodes the specified Failure message. Does not implicitly {@link longarm.v1.Failure.verify|verify} messages.
             * @param message Failure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Failure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Failure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Failure & longarm.v1.Failure.$Shape} Failure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Failure & longarm.v1.Failure.$Shape;
        }

        namespace Failure {

            /** Properties of a Failure. */
            interface $Properties {

                /** Failure delivery */
                delivery?: string;

                /** Failure error */
                error?: longarm.v1.ErrorBody.$Properties;

                /** Failure record */
                record?: longarm.v1.CallRecord.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Failure. */
            type $Shape = longarm.v1.Failure.$Properties;
        }

        /**
         * Properties of a Refused.
         * @deprecated Use longarm.v1.Refused.$Properties instead.
         */
        interface IRefused extends longarm.v1.Refused.$Properties {
        }

        /** Represents a Refused. */
        class Refused {

            /**
             * Constructs a new Refused.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Refused.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Refused error. */
            error: longarm.v1.ErrorBody;

            /**
             * Creates a new Refused instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Refused instance
             */
            static create(properties: longarm.v1.Refused.$Shape): longarm.v1.Refused & longarm.v1.Refused.$Shape;
            static create(properties?: longarm.v1.Refused.$Properties): longarm.v1.Refused;

            /**
             * Encodes the specified Refused message. Does not implicitly {@link longarm.v1.Refused.verify|verify} messages.
             * @param message Refused message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Refused.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Refused message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Refused & longarm.v1.Refused.$Shape} Refused
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Refused & longarm.v1.Refused.$Shape;
        }

        namespace Refused {

            /** Properties of a Refused. */
            interface $Properties {

                /** Refused error */
                error?: longarm.v1.ErrorBody.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Refused. */
            type $Shape = longarm.v1.Refused.$Properties;
        }

        /**
         * Properties of a Frame.
         * @deprecated Use longarm.v1.Frame.$Properties instead.
         */
        interface IFrame extends longarm.v1.Frame.$Properties {
        }

        /** Represents a Frame. */
        class Frame {

            /**
             * Constructs a new Frame.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Frame.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Frame channel. */
            channel: number;

            /** Frame callId. */
            callId: string;

            /** Frame seq. */
            seq: number;

            /** Frame accepted. */
            accepted: (longarm.v1.Accepted|null);

            /** Frame head. */
            head: (longarm.v1.Head|null);

            /** Frame chunk. */
            chunk: (Uint8Array|null);

            /** Frame end. */
            end: (longarm.v1.End|null);

            /** Frame whole. */
            whole: (longarm.v1.Whole|null);

            /** Frame failure. */
            failure: (longarm.v1.Failure|null);

            /** Frame refused. */
            refused: (longarm.v1.Refused|null);

            /** Frame bodyCredit. */
            bodyCredit: (number|null);

            /** Frame part. */
            part?: ("accepted"|"head"|"chunk"|"end"|"whole"|"failure"|"refused"|"bodyCredit");

            /**
             * Creates a new Frame instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Frame instance
             */
            static create(properties: longarm.v1.Frame.$Shape): longarm.v1.Frame & longarm.v1.Frame.$Shape;
            static create(properties?: longarm.v1.Frame.$Properties): longarm.v1.Frame;

            /**
             * Encodes the specified Frame message. Does not implicitly {@link longarm.v1.Frame.verify|verify} messages.
             * @param message Frame message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Frame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Frame message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Frame & longarm.v1.Frame.$Shape} Frame
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Frame & longarm.v1.Frame.$Shape;
        }

        namespace Frame {

            /** Properties of a Frame. */
            interface $Properties {

                /** Frame channel */
                channel?: number;

                /** Frame callId */
                callId?: string;

                /** Frame seq */
                seq?: number;

                /** Frame accepted */
                accepted?: (longarm.v1.Accepted.$Properties|null);

                /** Frame head */
                head?: (longarm.v1.Head.$Properties|null);

                /** Frame chunk */
                chunk?: (Uint8Array|null);

                /** Frame end */
                end?: (longarm.v1.End.$Properties|null);

                /** Frame whole */
                whole?: (longarm.v1.Whole.$Properties|null);

                /** Frame failure */
                failure?: (longarm.v1.Failure.$Properties|null);

                /** Frame refused */
                refused?: (longarm.v1.Refused.$Properties|null);

                /** Frame bodyCredit */
                bodyCredit?: (number|null);

                /** Frame part */
                part?: ("accepted"|"head"|"chunk"|"end"|"whole"|"failure"|"refused"|"bodyCredit");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Frame. */
            type $Shape = {
              channel?: number;
              callId?: string;
              seq?: number;
              accepted?: longarm.v1.Accepted.$Shape|null;
              head?: longarm.v1.Head.$Shape|null;
              chunk?: Uint8Array|null;
              end?: longarm.v1.End.$Shape|null;
              whole?: longarm.v1.Whole.$Shape|null;
              failure?: longarm.v1.Failure.$Shape|null;
              refused?: longarm.v1.Refused.$Shape|null;
              bodyCredit?: number|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ part?: undefined; accepted?: null; head?: null; chunk?: null; end?: null; whole?: null; failure?: null; refused?: null; bodyCredit?: null }|{ part?: "accepted"; accepted: longarm.v1.Accepted.$Shape; head?: null; chunk?: null; end?: null; whole?: null; failure?: null; refused?: null; bodyCredit?: null }|{ part?: "head"; accepted?: null; head: longarm.v1.Head.$Shape; chunk?: null; end?: null; whole?: null; failure?: null; refused?: null; bodyCredit?: null }|{ part?: "chunk"; accepted?: null; head?: null; chunk: Uint8Array; end?: null; whole?: null; failure?: null; refused?: null; bodyCredit?: null }|{ part?: "end"; accepted?: null; head?: null; chunk?: null; end: longarm.v1.End.$Shape; whole?: null; failure?: null; refused?: null; bodyCredit?: null }|{ part?: "whole"; accepted?: null; head?: null; chunk?: null; end?: null; whole: longarm.v1.Whole.$Shape; failure?: null; refused?: null; bodyCredit?: null }|{ part?: "failure"; accepted?: null; head?: null; chunk?: null; end?: null; whole?: null; failure: longarm.v1.Failure.$Shape; refused?: null; bodyCredit?: null }|{ part?: "refused"; accepted?: null; head?: null; chunk?: null; end?: null; whole?: null; failure?: null; refused: longarm.v1.Refused.$Shape; bodyCredit?: null }|{ part?: "bodyCredit"; accepted?: null; head?: null; chunk?: null; end?: null; whole?: null; failure?: null; refused?: null; bodyCredit: number })
            );
        }

        /**
         * Properties of a Cancel.
         * @deprecated Use longarm.v1.Cancel.$Properties instead.
         */
        interface ICancel extends longarm.v1.Cancel.$Properties {
        }

        /** Represents a Cancel. */
        class Cancel {

            /**
             * Constructs a new Cancel.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Cancel.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Cancel code. */
            code: string;

            /**
             * Creates a new Cancel instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Cancel instance
             */
            static create(properties: longarm.v1.Cancel.$Shape): longarm.v1.Cancel & longarm.v1.Cancel.$Shape;
            static create(properties?: longarm.v1.Cancel.$Properties): longarm.v1.Cancel;

            /**
             * Encodes the specified Cancel message. Does not implicitly {@link longarm.v1.Cancel.verify|verify} messages.
             * @param message Cancel message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Cancel.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Cancel message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Cancel & longarm.v1.Cancel.$Shape} Cancel
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Cancel & longarm.v1.Cancel.$Shape;
        }

        namespace Cancel {

            /** Properties of a Cancel. */
            interface $Properties {

                /** Cancel code */
                code?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Cancel. */
            type $Shape = longarm.v1.Cancel.$Properties;
        }

        /**
         * Properties of a Control.
         * @deprecated Use longarm.v1.Control.$Properties instead.
         */
        interface IControl extends longarm.v1.Control.$Properties {
        }

        /** Represents a Control. */
        class Control {

            /**
             * Constructs a new Control.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Control.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Control controllerId. */
            controllerId: string;

            /** Control channel. */
            channel: number;

            /** Control callId. */
            callId: string;

            /** Control credit. */
            credit: (longarm.v1.Credit|null);

            /** Control cancel. */
            cancel: (longarm.v1.Cancel|null);

            /** Control bodyChunk. */
            bodyChunk: (Uint8Array|null);

            /** Control part. */
            part?: ("credit"|"cancel"|"bodyChunk");

            /**
             * Creates a new Control instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Control instance
             */
            static create(properties: longarm.v1.Control.$Shape): longarm.v1.Control & longarm.v1.Control.$Shape;
            static create(properties?: longarm.v1.Control.$Properties): longarm.v1.Control;

            /**
             * Encodes the specified Control message. Does not implicitly {@link longarm.v1.Control.verify|verify} messages.
             * @param message Control message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Control.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Control message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Control & longarm.v1.Control.$Shape} Control
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Control & longarm.v1.Control.$Shape;
        }

        namespace Control {

            /** Properties of a Control. */
            interface $Properties {

                /** Control controllerId */
                controllerId?: string;

                /** Control channel */
                channel?: number;

                /** Control callId */
                callId?: string;

                /** Control credit */
                credit?: (longarm.v1.Credit.$Properties|null);

                /** Control cancel */
                cancel?: (longarm.v1.Cancel.$Properties|null);

                /** Control bodyChunk */
                bodyChunk?: (Uint8Array|null);

                /** Control part */
                part?: ("credit"|"cancel"|"bodyChunk");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Control. */
            type $Shape = {
              controllerId?: string;
              channel?: number;
              callId?: string;
              credit?: longarm.v1.Credit.$Shape|null;
              cancel?: longarm.v1.Cancel.$Shape|null;
              bodyChunk?: Uint8Array|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ part?: undefined; credit?: null; cancel?: null; bodyChunk?: null }|{ part?: "credit"; credit: longarm.v1.Credit.$Shape; cancel?: null; bodyChunk?: null }|{ part?: "cancel"; credit?: null; cancel: longarm.v1.Cancel.$Shape; bodyChunk?: null }|{ part?: "bodyChunk"; credit?: null; cancel?: null; bodyChunk: Uint8Array })
            );
        }

        /**
         * Properties of a BudgetGossip.
         * @deprecated Use longarm.v1.BudgetGossip.$Properties instead.
         */
        interface IBudgetGossip extends longarm.v1.BudgetGossip.$Properties {
        }

        /** Represents a BudgetGossip. */
        class BudgetGossip {

            /**
             * Constructs a new BudgetGossip.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.BudgetGossip.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BudgetGossip targets. */
            targets: longarm.v1.TargetBudget[];

            /**
             * Creates a new BudgetGossip instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BudgetGossip instance
             */
            static create(properties: longarm.v1.BudgetGossip.$Shape): longarm.v1.BudgetGossip & longarm.v1.BudgetGossip.$Shape;
            static create(properties?: longarm.v1.BudgetGossip.$Properties): longarm.v1.BudgetGossip;

            /**
             * Encodes the specified BudgetGossip message. Does not implicitly {@link longarm.v1.BudgetGossip.verify|verify} messages.
             * @param message BudgetGossip message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.BudgetGossip.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BudgetGossip message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.BudgetGossip & longarm.v1.BudgetGossip.$Shape} BudgetGossip
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.BudgetGossip & longarm.v1.BudgetGossip.$Shape;
        }

        namespace BudgetGossip {

            /** Properties of a BudgetGossip. */
            interface $Properties {

                /** BudgetGossip targets */
                targets?: longarm.v1.TargetBudget.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BudgetGossip. */
            type $Shape = longarm.v1.BudgetGossip.$Properties;
        }

        /**
         * Properties of a TargetBudget.
         * @deprecated Use longarm.v1.TargetBudget.$Properties instead.
         */
        interface ITargetBudget extends longarm.v1.TargetBudget.$Properties {
        }

        /** Represents a TargetBudget. */
        class TargetBudget {

            /**
             * Constructs a new TargetBudget.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.TargetBudget.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TargetBudget target. */
            target: string;

            /** TargetBudget open. */
            open: number;

            /** TargetBudget squeeze. */
            squeeze: longarm.v1.BudgetSqueeze;

            /** TargetBudget buckets. */
            buckets: longarm.v1.BudgetBucket[];

            /**
             * Creates a new TargetBudget instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TargetBudget instance
             */
            static create(properties: longarm.v1.TargetBudget.$Shape): longarm.v1.TargetBudget & longarm.v1.TargetBudget.$Shape;
            static create(properties?: longarm.v1.TargetBudget.$Properties): longarm.v1.TargetBudget;

            /**
             * Encodes the specified TargetBudget message. Does not implicitly {@link longarm.v1.TargetBudget.verify|verify} messages.
             * @param message TargetBudget message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.TargetBudget.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TargetBudget message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.TargetBudget & longarm.v1.TargetBudget.$Shape} TargetBudget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.TargetBudget & longarm.v1.TargetBudget.$Shape;
        }

        namespace TargetBudget {

            /** Properties of a TargetBudget. */
            interface $Properties {

                /** TargetBudget target */
                target?: string;

                /** TargetBudget open */
                open?: number;

                /** TargetBudget squeeze */
                squeeze?: longarm.v1.BudgetSqueeze.$Properties;

                /** TargetBudget buckets */
                buckets?: longarm.v1.BudgetBucket.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TargetBudget. */
            type $Shape = longarm.v1.TargetBudget.$Properties;
        }

        /**
         * Properties of a BudgetSqueeze.
         * @deprecated Use longarm.v1.BudgetSqueeze.$Properties instead.
         */
        interface IBudgetSqueeze extends longarm.v1.BudgetSqueeze.$Properties {
        }

        /** Represents a BudgetSqueeze. */
        class BudgetSqueeze {

            /**
             * Constructs a new BudgetSqueeze.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.BudgetSqueeze.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BudgetSqueeze places. */
            places: number;

            /** BudgetSqueeze agoMs. */
            agoMs: number;

            /**
             * Creates a new BudgetSqueeze instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BudgetSqueeze instance
             */
            static create(properties: longarm.v1.BudgetSqueeze.$Shape): longarm.v1.BudgetSqueeze & longarm.v1.BudgetSqueeze.$Shape;
            static create(properties?: longarm.v1.BudgetSqueeze.$Properties): longarm.v1.BudgetSqueeze;

            /**
             * Encodes the specified BudgetSqueeze message. Does not implicitly {@link longarm.v1.BudgetSqueeze.verify|verify} messages.
             * @param message BudgetSqueeze message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.BudgetSqueeze.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BudgetSqueeze message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.BudgetSqueeze & longarm.v1.BudgetSqueeze.$Shape} BudgetSqueeze
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.BudgetSqueeze & longarm.v1.BudgetSqueeze.$Shape;
        }

        namespace BudgetSqueeze {

            /** Properties of a BudgetSqueeze. */
            interface $Properties {

                /** BudgetSqueeze places */
                places?: number;

                /** BudgetSqueeze agoMs */
                agoMs?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BudgetSqueeze. */
            type $Shape = longarm.v1.BudgetSqueeze.$Properties;
        }

        /**
         * Properties of a BudgetBucket.
         * @deprecated Use longarm.v1.BudgetBucket.$Properties instead.
         */
        interface IBudgetBucket extends longarm.v1.BudgetBucket.$Properties {
        }

        /** Represents a BudgetBucket. */
        class BudgetBucket {

            /**
             * Constructs a new BudgetBucket.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.BudgetBucket.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BudgetBucket name. */
            name: string;

            /** BudgetBucket pending. */
            pending: number;

            /** BudgetBucket window. */
            window: longarm.v1.BudgetWindow;

            /** BudgetBucket pausedForMs. */
            pausedForMs: number;

            /** BudgetBucket interactiveAgoMs. */
            interactiveAgoMs: (number|null);

            /**
             * Creates a new BudgetBucket instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BudgetBucket instance
             */
            static create(properties: longarm.v1.BudgetBucket.$Shape): longarm.v1.BudgetBucket & longarm.v1.BudgetBucket.$Shape;
            static create(properties?: longarm.v1.BudgetBucket.$Properties): longarm.v1.BudgetBucket;

            /**
             * Encodes the specified BudgetBucket message. Does not implicitly {@link longarm.v1.BudgetBucket.verify|verify} messages.
             * @param message BudgetBucket message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.BudgetBucket.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BudgetBucket message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.BudgetBucket & longarm.v1.BudgetBucket.$Shape} BudgetBucket
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.BudgetBucket & longarm.v1.BudgetBucket.$Shape;
        }

        namespace BudgetBucket {

            /** Properties of a BudgetBucket. */
            interface $Properties {

                /** BudgetBucket name */
                name?: string;

                /** BudgetBucket pending */
                pending?: number;

                /** BudgetBucket window */
                window?: longarm.v1.BudgetWindow.$Properties;

                /** BudgetBucket pausedForMs */
                pausedForMs?: number;

                /** BudgetBucket interactiveAgoMs */
                interactiveAgoMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BudgetBucket. */
            type $Shape = longarm.v1.BudgetBucket.$Properties;
        }

        /**
         * Properties of a BudgetWindow.
         * @deprecated Use longarm.v1.BudgetWindow.$Properties instead.
         */
        interface IBudgetWindow extends longarm.v1.BudgetWindow.$Properties {
        }

        /** Represents a BudgetWindow. */
        class BudgetWindow {

            /**
             * Constructs a new BudgetWindow.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.BudgetWindow.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BudgetWindow limit. */
            limit: number;

            /** BudgetWindow used. */
            used: number;

            /** BudgetWindow reset. */
            reset: number;

            /** BudgetWindow leftMs. */
            leftMs: number;

            /**
             * Creates a new BudgetWindow instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BudgetWindow instance
             */
            static create(properties: longarm.v1.BudgetWindow.$Shape): longarm.v1.BudgetWindow & longarm.v1.BudgetWindow.$Shape;
            static create(properties?: longarm.v1.BudgetWindow.$Properties): longarm.v1.BudgetWindow;

            /**
             * Encodes the specified BudgetWindow message. Does not implicitly {@link longarm.v1.BudgetWindow.verify|verify} messages.
             * @param message BudgetWindow message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.BudgetWindow.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BudgetWindow message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.BudgetWindow & longarm.v1.BudgetWindow.$Shape} BudgetWindow
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.BudgetWindow & longarm.v1.BudgetWindow.$Shape;
        }

        namespace BudgetWindow {

            /** Properties of a BudgetWindow. */
            interface $Properties {

                /** BudgetWindow limit */
                limit?: number;

                /** BudgetWindow used */
                used?: number;

                /** BudgetWindow reset */
                reset?: number;

                /** BudgetWindow leftMs */
                leftMs?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BudgetWindow. */
            type $Shape = longarm.v1.BudgetWindow.$Properties;
        }

        /**
         * Properties of an Ask.
         * @deprecated Use longarm.v1.Ask.$Properties instead.
         */
        interface IAsk extends longarm.v1.Ask.$Properties {
        }

        /** Represents an Ask. */
        class Ask {

            /**
             * Constructs a new Ask.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Ask.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Ask controllerId. */
            controllerId: string;

            /** Ask callId. */
            callId: string;

            /** Ask attempt. */
            attempt: number;

            /** Ask nonce. */
            nonce: string;

            /** Ask notAfterMs. */
            notAfterMs: number;

            /**
             * Creates a new Ask instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Ask instance
             */
            static create(properties: longarm.v1.Ask.$Shape): longarm.v1.Ask & longarm.v1.Ask.$Shape;
            static create(properties?: longarm.v1.Ask.$Properties): longarm.v1.Ask;

            /**
             * Encodes the specified Ask message. Does not implicitly {@link longarm.v1.Ask.verify|verify} messages.
             * @param message Ask message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Ask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Ask message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Ask & longarm.v1.Ask.$Shape} Ask
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Ask & longarm.v1.Ask.$Shape;
        }

        namespace Ask {

            /** Properties of an Ask. */
            interface $Properties {

                /** Ask controllerId */
                controllerId?: string;

                /** Ask callId */
                callId?: string;

                /** Ask attempt */
                attempt?: number;

                /** Ask nonce */
                nonce?: string;

                /** Ask notAfterMs */
                notAfterMs?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Ask. */
            type $Shape = longarm.v1.Ask.$Properties;
        }

        /**
         * Properties of a Told.
         * @deprecated Use longarm.v1.Told.$Properties instead.
         */
        interface ITold extends longarm.v1.Told.$Properties {
        }

        /** Represents a Told. */
        class Told {

            /**
             * Constructs a new Told.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Told.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Told callId. */
            callId: string;

            /** Told attempt. */
            attempt: number;

            /** Told nonce. */
            nonce: string;

            /** Told journalId. */
            journalId: string;

            /** Told ended. */
            ended: (longarm.v1.CallEnd|null);

            /** Told underWay. */
            underWay: (longarm.v1.ToldUnderWay|null);

            /** Told begun. */
            begun: (longarm.v1.ToldBegun|null);

            /** Told neverSeen. */
            neverSeen: (longarm.v1.ToldNeverSeen|null);

            /** Told unreadable. */
            unreadable: (longarm.v1.ToldUnreadable|null);

            /** Told answer. */
            answer?: ("ended"|"underWay"|"begun"|"neverSeen"|"unreadable");

            /**
             * Creates a new Told instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Told instance
             */
            static create(properties: longarm.v1.Told.$Shape): longarm.v1.Told & longarm.v1.Told.$Shape;
            static create(properties?: longarm.v1.Told.$Properties): longarm.v1.Told;

            /**
             * Encodes the specified Told message. Does not implicitly {@link longarm.v1.Told.verify|verify} messages.
             * @param message Told message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Told.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Told message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Told & longarm.v1.Told.$Shape} Told
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Told & longarm.v1.Told.$Shape;
        }

        namespace Told {

            /** Properties of a Told. */
            interface $Properties {

                /** Told callId */
                callId?: string;

                /** Told attempt */
                attempt?: number;

                /** Told nonce */
                nonce?: string;

                /** Told journalId */
                journalId?: string;

                /** Told ended */
                ended?: (longarm.v1.CallEnd.$Properties|null);

                /** Told underWay */
                underWay?: (longarm.v1.ToldUnderWay.$Properties|null);

                /** Told begun */
                begun?: (longarm.v1.ToldBegun.$Properties|null);

                /** Told neverSeen */
                neverSeen?: (longarm.v1.ToldNeverSeen.$Properties|null);

                /** Told unreadable */
                unreadable?: (longarm.v1.ToldUnreadable.$Properties|null);

                /** Told answer */
                answer?: ("ended"|"underWay"|"begun"|"neverSeen"|"unreadable");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Told. */
            type $Shape = {
              callId?: string;
              attempt?: number;
              nonce?: string;
              journalId?: string;
              ended?: longarm.v1.CallEnd.$Shape|null;
              underWay?: longarm.v1.ToldUnderWay.$Shape|null;
              begun?: longarm.v1.ToldBegun.$Shape|null;
              neverSeen?: longarm.v1.ToldNeverSeen.$Shape|null;
              unreadable?: longarm.v1.ToldUnreadable.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ answer?: undefined; ended?: null; underWay?: null; begun?: null; neverSeen?: null; unreadable?: null }|{ answer?: "ended"; ended: longarm.v1.CallEnd.$Shape; underWay?: null; begun?: null; neverSeen?: null; unreadable?: null }|{ answer?: "underWay"; ended?: null; underWay: longarm.v1.ToldUnderWay.$Shape; begun?: null; neverSeen?: null; unreadable?: null }|{ answer?: "begun"; ended?: null; underWay?: null; begun: longarm.v1.ToldBegun.$Shape; neverSeen?: null; unreadable?: null }|{ answer?: "neverSeen"; ended?: null; underWay?: null; begun?: null; neverSeen: longarm.v1.ToldNeverSeen.$Shape; unreadable?: null }|{ answer?: "unreadable"; ended?: null; underWay?: null; begun?: null; neverSeen?: null; unreadable: longarm.v1.ToldUnreadable.$Shape })
            );
        }

        /**
         * Properties of a ToldUnderWay.
         * @deprecated Use longarm.v1.ToldUnderWay.$Properties instead.
         */
        interface IToldUnderWay extends longarm.v1.ToldUnderWay.$Properties {
        }

        /** Represents a ToldUnderWay. */
        class ToldUnderWay {

            /**
             * Constructs a new ToldUnderWay.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.ToldUnderWay.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new ToldUnderWay instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ToldUnderWay instance
             */
            static create(properties: longarm.v1.ToldUnderWay.$Shape): longarm.v1.ToldUnderWay & longarm.v1.ToldUnderWay.$Shape;
            static create(properties?: longarm.v1.ToldUnderWay.$Properties): longarm.v1.ToldUnderWay;

            /**
             * Encodes the specified ToldUnderWay message. Does not implicitly {@link longarm.v1.ToldUnderWay.verify|verify} messages.
             * @param message ToldUnderWay message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.ToldUnderWay.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ToldUnderWay message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.ToldUnderWay & longarm.v1.ToldUnderWay.$Shape} ToldUnderWay
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.ToldUnderWay & longarm.v1.ToldUnderWay.$Shape;
        }

        namespace ToldUnderWay {

            /** Properties of a ToldUnderWay. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ToldUnderWay. */
            type $Shape = longarm.v1.ToldUnderWay.$Properties;
        }

        /**
         * Properties of a ToldBegun.
         * @deprecated Use longarm.v1.ToldBegun.$Properties instead.
         */
        interface IToldBegun extends longarm.v1.ToldBegun.$Properties {
        }

        /** Represents a ToldBegun. */
        class ToldBegun {

            /**
             * Constructs a new ToldBegun.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.ToldBegun.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new ToldBegun instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ToldBegun instance
             */
            static create(properties: longarm.v1.ToldBegun.$Shape): longarm.v1.ToldBegun & longarm.v1.ToldBegun.$Shape;
            static create(properties?: longarm.v1.ToldBegun.$Properties): longarm.v1.ToldBegun;

            /**
             * Encodes the specified ToldBegun message. Does not implicitly {@link longarm.v1.ToldBegun.verify|verify} messages.
             * @param message ToldBegun message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.ToldBegun.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ToldBegun message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.ToldBegun & longarm.v1.ToldBegun.$Shape} ToldBegun
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.ToldBegun & longarm.v1.ToldBegun.$Shape;
        }

        namespace ToldBegun {

            /** Properties of a ToldBegun. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ToldBegun. */
            type $Shape = longarm.v1.ToldBegun.$Properties;
        }

        /**
         * Properties of a ToldNeverSeen.
         * @deprecated Use longarm.v1.ToldNeverSeen.$Properties instead.
         */
        interface IToldNeverSeen extends longarm.v1.ToldNeverSeen.$Properties {
        }

        /** Represents a ToldNeverSeen. */
        class ToldNeverSeen {

            /**
             * Constructs a new ToldNeverSeen.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.ToldNeverSeen.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new ToldNeverSeen instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ToldNeverSeen instance
             */
            static create(properties: longarm.v1.ToldNeverSeen.$Shape): longarm.v1.ToldNeverSeen & longarm.v1.ToldNeverSeen.$Shape;
            static create(properties?: longarm.v1.ToldNeverSeen.$Properties): longarm.v1.ToldNeverSeen;

            /**
             * Encodes the specified ToldNeverSeen message. Does not implicitly {@link longarm.v1.ToldNeverSeen.verify|verify} messages.
             * @param message ToldNeverSeen message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.ToldNeverSeen.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ToldNeverSeen message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.ToldNeverSeen & longarm.v1.ToldNeverSeen.$Shape} ToldNeverSeen
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.ToldNeverSeen & longarm.v1.ToldNeverSeen.$Shape;
        }

        namespace ToldNeverSeen {

            /** Properties of a ToldNeverSeen. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ToldNeverSeen. */
            type $Shape = longarm.v1.ToldNeverSeen.$Properties;
        }

        /**
         * Properties of a ToldUnreadable.
         * @deprecated Use longarm.v1.ToldUnreadable.$Properties instead.
         */
        interface IToldUnreadable extends longarm.v1.ToldUnreadable.$Properties {
        }

        /** Represents a ToldUnreadable. */
        class ToldUnreadable {

            /**
             * Constructs a new ToldUnreadable.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.ToldUnreadable.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new ToldUnreadable instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ToldUnreadable instance
             */
            static create(properties: longarm.v1.ToldUnreadable.$Shape): longarm.v1.ToldUnreadable & longarm.v1.ToldUnreadable.$Shape;
            static create(properties?: longarm.v1.ToldUnreadable.$Properties): longarm.v1.ToldUnreadable;

            /**
             * Encodes the specified ToldUnreadable message. Does not implicitly {@link longarm.v1.ToldUnreadable.verify|verify} messages.
             * @param message ToldUnreadable message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.ToldUnreadable.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ToldUnreadable message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.ToldUnreadable & longarm.v1.ToldUnreadable.$Shape} ToldUnreadable
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.ToldUnreadable & longarm.v1.ToldUnreadable.$Shape;
        }

        namespace ToldUnreadable {

            /** Properties of a ToldUnreadable. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ToldUnreadable. */
            type $Shape = longarm.v1.ToldUnreadable.$Properties;
        }

        /**
         * Properties of a CallKey.
         * @deprecated Use longarm.v1.CallKey.$Properties instead.
         */
        interface ICallKey extends longarm.v1.CallKey.$Properties {
        }

        /** Represents a CallKey. */
        class CallKey {

            /**
             * Constructs a new CallKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.CallKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CallKey callId. */
            callId: string;

            /** CallKey attempt. */
            attempt: number;

            /**
             * Creates a new CallKey instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CallKey instance
             */
            static create(properties: longarm.v1.CallKey.$Shape): longarm.v1.CallKey & longarm.v1.CallKey.$Shape;
            static create(properties?: longarm.v1.CallKey.$Properties): longarm.v1.CallKey;

            /**
             * Encodes the specified CallKey message. Does not implicitly {@link longarm.v1.CallKey.verify|verify} messages.
             * @param message CallKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.CallKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CallKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.CallKey & longarm.v1.CallKey.$Shape} CallKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.CallKey & longarm.v1.CallKey.$Shape;
        }

        namespace CallKey {

            /** Properties of a CallKey. */
            interface $Properties {

                /** CallKey callId */
                callId?: string;

                /** CallKey attempt */
                attempt?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CallKey. */
            type $Shape = longarm.v1.CallKey.$Properties;
        }

        /**
         * Properties of a Delivered.
         * @deprecated Use longarm.v1.Delivered.$Properties instead.
         */
        interface IDelivered extends longarm.v1.Delivered.$Properties {
        }

        /** Represents a Delivered. */
        class Delivered {

            /**
             * Constructs a new Delivered.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Delivered.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Delivered controllerId. */
            controllerId: string;

            /** Delivered calls. */
            calls: longarm.v1.CallKey[];

            /**
             * Creates a new Delivered instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Delivered instance
             */
            static create(properties: longarm.v1.Delivered.$Shape): longarm.v1.Delivered & longarm.v1.Delivered.$Shape;
            static create(properties?: longarm.v1.Delivered.$Properties): longarm.v1.Delivered;

            /**
             * Encodes the specified Delivered message. Does not implicitly {@link longarm.v1.Delivered.verify|verify} messages.
             * @param message Delivered message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Delivered.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Delivered message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Delivered & longarm.v1.Delivered.$Shape} Delivered
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Delivered & longarm.v1.Delivered.$Shape;
        }

        namespace Delivered {

            /** Properties of a Delivered. */
            interface $Properties {

                /** Delivered controllerId */
                controllerId?: string;

                /** Delivered calls */
                calls?: longarm.v1.CallKey.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Delivered. */
            type $Shape = longarm.v1.Delivered.$Properties;
        }

        /**
         * Properties of a ClockAsked.
         * @deprecated Use longarm.v1.ClockAsked.$Properties instead.
         */
        interface IClockAsked extends longarm.v1.ClockAsked.$Properties {
        }

        /** Represents a ClockAsked. */
        class ClockAsked {

            /**
             * Constructs a new ClockAsked.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.ClockAsked.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ClockAsked nonce. */
            nonce: string;

            /**
             * Creates a new ClockAsked instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ClockAsked instance
             */
            static create(properties: longarm.v1.ClockAsked.$Shape): longarm.v1.ClockAsked & longarm.v1.ClockAsked.$Shape;
            static create(properties?: longarm.v1.ClockAsked.$Properties): longarm.v1.ClockAsked;

            /**
             * Encodes the specified ClockAsked message. Does not implicitly {@link longarm.v1.ClockAsked.verify|verify} messages.
             * @param message ClockAsked message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.ClockAsked.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClockAsked message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.ClockAsked & longarm.v1.ClockAsked.$Shape} ClockAsked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.ClockAsked & longarm.v1.ClockAsked.$Shape;
        }

        namespace ClockAsked {

            /** Properties of a ClockAsked. */
            interface $Properties {

                /** ClockAsked nonce */
                nonce?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ClockAsked. */
            type $Shape = longarm.v1.ClockAsked.$Properties;
        }

        /**
         * Properties of a ClockTold.
         * @deprecated Use longarm.v1.ClockTold.$Properties instead.
         */
        interface IClockTold extends longarm.v1.ClockTold.$Properties {
        }

        /** Represents a ClockTold. */
        class ClockTold {

            /**
             * Constructs a new ClockTold.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.ClockTold.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ClockTold controllerId. */
            controllerId: string;

            /** ClockTold nonce. */
            nonce: string;

            /** ClockTold nowMs. */
            nowMs: number;

            /**
             * Creates a new ClockTold instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ClockTold instance
             */
            static create(properties: longarm.v1.ClockTold.$Shape): longarm.v1.ClockTold & longarm.v1.ClockTold.$Shape;
            static create(properties?: longarm.v1.ClockTold.$Properties): longarm.v1.ClockTold;

            /**
             * Encodes the specified ClockTold message. Does not implicitly {@link longarm.v1.ClockTold.verify|verify} messages.
             * @param message ClockTold message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.ClockTold.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClockTold message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.ClockTold & longarm.v1.ClockTold.$Shape} ClockTold
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.ClockTold & longarm.v1.ClockTold.$Shape;
        }

        namespace ClockTold {

            /** Properties of a ClockTold. */
            interface $Properties {

                /** ClockTold controllerId */
                controllerId?: string;

                /** ClockTold nonce */
                nonce?: string;

                /** ClockTold nowMs */
                nowMs?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ClockTold. */
            type $Shape = longarm.v1.ClockTold.$Properties;
        }

        /**
         * Properties of a JournalHeader.
         * @deprecated Use longarm.v1.JournalHeader.$Properties instead.
         */
        interface IJournalHeader extends longarm.v1.JournalHeader.$Properties {
        }

        /** Represents a JournalHeader. */
        class JournalHeader {

            /**
             * Constructs a new JournalHeader.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.JournalHeader.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JournalHeader journalId. */
            journalId: string;

            /** JournalHeader number. */
            number: number;

            /** JournalHeader capacityBytes. */
            capacityBytes: number;

            /** JournalHeader file. */
            file: string;

            /** JournalHeader horizonMs. */
            horizonMs: number;

            /** JournalHeader settled. */
            settled: longarm.v1.JournalSettled[];

            /** JournalHeader horizons. */
            horizons: longarm.v1.JournalHorizon[];

            /** JournalHeader follows. */
            follows: (Uint8Array|null);

            /**
             * Creates a new JournalHeader instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JournalHeader instance
             */
            static create(properties: longarm.v1.JournalHeader.$Shape): longarm.v1.JournalHeader & longarm.v1.JournalHeader.$Shape;
            static create(properties?: longarm.v1.JournalHeader.$Properties): longarm.v1.JournalHeader;

            /**
             * Encodes the specified JournalHeader message. Does not implicitly {@link longarm.v1.JournalHeader.verify|verify} messages.
             * @param message JournalHeader message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.JournalHeader.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JournalHeader message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.JournalHeader & longarm.v1.JournalHeader.$Shape} JournalHeader
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.JournalHeader & longarm.v1.JournalHeader.$Shape;
        }

        namespace JournalHeader {

            /** Properties of a JournalHeader. */
            interface $Properties {

                /** JournalHeader journalId */
                journalId?: string;

                /** JournalHeader number */
                number?: number;

                /** JournalHeader capacityBytes */
                capacityBytes?: number;

                /** JournalHeader file */
                file?: string;

                /** JournalHeader horizonMs */
                horizonMs?: number;

                /** JournalHeader settled */
                settled?: longarm.v1.JournalSettled.$Properties[];

                /** JournalHeader horizons */
                horizons?: longarm.v1.JournalHorizon.$Properties[];

                /** JournalHeader follows */
                follows?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JournalHeader. */
            type $Shape = longarm.v1.JournalHeader.$Properties;
        }

        /**
         * Properties of a JournalHorizon.
         * @deprecated Use longarm.v1.JournalHorizon.$Properties instead.
         */
        interface IJournalHorizon extends longarm.v1.JournalHorizon.$Properties {
        }

        /** Represents a JournalHorizon. */
        class JournalHorizon {

            /**
             * Constructs a new JournalHorizon.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.JournalHorizon.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JournalHorizon controllerId. */
            controllerId: string;

            /** JournalHorizon horizonMs. */
            horizonMs: number;

            /**
             * Creates a new JournalHorizon instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JournalHorizon instance
             */
            static create(properties: longarm.v1.JournalHorizon.$Shape): longarm.v1.JournalHorizon & longarm.v1.JournalHorizon.$Shape;
            static create(properties?: longarm.v1.JournalHorizon.$Properties): longarm.v1.JournalHorizon;

            /**
             * Encodes the specified JournalHorizon message. Does not implicitly {@link longarm.v1.JournalHorizon.verify|verify} messages.
             * @param message JournalHorizon message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.JournalHorizon.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JournalHorizon message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.JournalHorizon & longarm.v1.JournalHorizon.$Shape} JournalHorizon
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.JournalHorizon & longarm.v1.JournalHorizon.$Shape;
        }

        namespace JournalHorizon {

            /** Properties of a JournalHorizon. */
            interface $Properties {

                /** JournalHorizon controllerId */
                controllerId?: string;

                /** JournalHorizon horizonMs */
                horizonMs?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JournalHorizon. */
            type $Shape = longarm.v1.JournalHorizon.$Properties;
        }

        /**
         * Properties of a JournalSettled.
         * @deprecated Use longarm.v1.JournalSettled.$Properties instead.
         */
        interface IJournalSettled extends longarm.v1.JournalSettled.$Properties {
        }

        /** Represents a JournalSettled. */
        class JournalSettled {

            /**
             * Constructs a new JournalSettled.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.JournalSettled.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JournalSettled callId. */
            callId: string;

            /** JournalSettled attempt. */
            attempt: number;

            /** JournalSettled notAfterMs. */
            notAfterMs: number;

            /** JournalSettled isRefused. */
            isRefused: boolean;

            /** JournalSettled controllerId. */
            controllerId: (string|null);

            /** JournalSettled endHash. */
            endHash: (string|null);

            /**
             * Creates a new JournalSettled instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JournalSettled instance
             */
            static create(properties: longarm.v1.JournalSettled.$Shape): longarm.v1.JournalSettled & longarm.v1.JournalSettled.$Shape;
            static create(properties?: longarm.v1.JournalSettled.$Properties): longarm.v1.JournalSettled;

            /**
             * Encodes the specified JournalSettled message. Does not implicitly {@link longarm.v1.JournalSettled.verify|verify} messages.
             * @param message JournalSettled message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.JournalSettled.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JournalSettled message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.JournalSettled & longarm.v1.JournalSettled.$Shape} JournalSettled
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.JournalSettled & longarm.v1.JournalSettled.$Shape;
        }

        namespace JournalSettled {

            /** Properties of a JournalSettled. */
            interface $Properties {

                /** JournalSettled callId */
                callId?: string;

                /** JournalSettled attempt */
                attempt?: number;

                /** JournalSettled notAfterMs */
                notAfterMs?: number;

                /** JournalSettled isRefused */
                isRefused?: boolean;

                /** JournalSettled controllerId */
                controllerId?: (string|null);

                /** JournalSettled endHash */
                endHash?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JournalSettled. */
            type $Shape = longarm.v1.JournalSettled.$Properties;
        }

        /**
         * Properties of a JournalRecord.
         * @deprecated Use longarm.v1.JournalRecord.$Properties instead.
         */
        interface IJournalRecord extends longarm.v1.JournalRecord.$Properties {
        }

        /** Represents a JournalRecord. */
        class JournalRecord {

            /**
             * Constructs a new JournalRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.JournalRecord.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JournalRecord callId. */
            callId: string;

            /** JournalRecord attempt. */
            attempt: number;

            /** JournalRecord notAfterMs. */
            notAfterMs: number;

            /** JournalRecord begun. */
            begun: (longarm.v1.JournalBegun|null);

            /** JournalRecord ended. */
            ended: (longarm.v1.CallEnd|null);

            /** JournalRecord refused. */
            refused: (longarm.v1.JournalRefused|null);

            /** JournalRecord delivered. */
            delivered: (longarm.v1.JournalDelivered|null);

            /** JournalRecord controllerId. */
            controllerId: (string|null);

            /** JournalRecord endHash. */
            endHash: (string|null);

            /** JournalRecord kind. */
            kind?: ("begun"|"ended"|"refused"|"delivered");

            /**
             * Creates a new JournalRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JournalRecord instance
             */
            static create(properties: longarm.v1.JournalRecord.$Shape): longarm.v1.JournalRecord & longarm.v1.JournalRecord.$Shape;
            static create(properties?: longarm.v1.JournalRecord.$Properties): longarm.v1.JournalRecord;

            /**
             * Encodes the specified JournalRecord message. Does not implicitly {@link longarm.v1.JournalRecord.verify|verify} messages.
             * @param message JournalRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.JournalRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JournalRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.JournalRecord & longarm.v1.JournalRecord.$Shape} JournalRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.JournalRecord & longarm.v1.JournalRecord.$Shape;
        }

        namespace JournalRecord {

            /** Properties of a JournalRecord. */
            interface $Properties {

                /** JournalRecord callId */
                callId?: string;

                /** JournalRecord attempt */
                attempt?: number;

                /** JournalRecord notAfterMs */
                notAfterMs?: number;

                /** JournalRecord begun */
                begun?: (longarm.v1.JournalBegun.$Properties|null);

                /** JournalRecord ended */
                ended?: (longarm.v1.CallEnd.$Properties|null);

                /** JournalRecord refused */
                refused?: (longarm.v1.JournalRefused.$Properties|null);

                /** JournalRecord delivered */
                delivered?: (longarm.v1.JournalDelivered.$Properties|null);

                /** JournalRecord controllerId */
                controllerId?: (string|null);

                /** JournalRecord endHash */
                endHash?: (string|null);

                /** JournalRecord kind */
                kind?: ("begun"|"ended"|"refused"|"delivered");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a JournalRecord. */
            type $Shape = {
              callId?: string;
              attempt?: number;
              notAfterMs?: number;
              begun?: longarm.v1.JournalBegun.$Shape|null;
              ended?: longarm.v1.CallEnd.$Shape|null;
              refused?: longarm.v1.JournalRefused.$Shape|null;
              delivered?: longarm.v1.JournalDelivered.$Shape|null;
              controllerId?: string|null;
              endHash?: string|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; begun?: null; ended?: null; refused?: null; delivered?: null }|{ kind?: "begun"; begun: longarm.v1.JournalBegun.$Shape; ended?: null; refused?: null; delivered?: null }|{ kind?: "ended"; begun?: null; ended: longarm.v1.CallEnd.$Shape; refused?: null; delivered?: null }|{ kind?: "refused"; begun?: null; ended?: null; refused: longarm.v1.JournalRefused.$Shape; delivered?: null }|{ kind?: "delivered"; begun?: null; ended?: null; refused?: null; delivered: longarm.v1.JournalDelivered.$Shape })
            );
        }

        /**
         * Properties of a JournalBegun.
         * @deprecated Use longarm.v1.JournalBegun.$Properties instead.
         */
        interface IJournalBegun extends longarm.v1.JournalBegun.$Properties {
        }

        /** Represents a JournalBegun. */
        class JournalBegun {

            /**
             * Constructs a new JournalBegun.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.JournalBegun.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JournalBegun controllerId. */
            controllerId: string;

            /** JournalBegun runId. */
            runId: string;

            /** JournalBegun effect. */
            effect: string;

            /** JournalBegun method. */
            method: string;

            /** JournalBegun path. */
            path: string;

            /**
             * Creates a new JournalBegun instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JournalBegun instance
             */
            static create(properties: longarm.v1.JournalBegun.$Shape): longarm.v1.JournalBegun & longarm.v1.JournalBegun.$Shape;
            static create(properties?: longarm.v1.JournalBegun.$Properties): longarm.v1.JournalBegun;

            /**
             * Encodes the specified JournalBegun message. Does not implicitly {@link longarm.v1.JournalBegun.verify|verify} messages.
             * @param message JournalBegun message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.JournalBegun.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JournalBegun message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.JournalBegun & longarm.v1.JournalBegun.$Shape} JournalBegun
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.JournalBegun & longarm.v1.JournalBegun.$Shape;
        }

        namespace JournalBegun {

            /** Properties of a JournalBegun. */
            interface $Properties {

                /** JournalBegun controllerId */
                controllerId?: string;

                /** JournalBegun runId */
                runId?: string;

                /** JournalBegun effect */
                effect?: string;

                /** JournalBegun method */
                method?: string;

                /** JournalBegun path */
                path?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JournalBegun. */
            type $Shape = longarm.v1.JournalBegun.$Properties;
        }

        /**
         * Properties of a JournalRefused.
         * @deprecated Use longarm.v1.JournalRefused.$Properties instead.
         */
        interface IJournalRefused extends longarm.v1.JournalRefused.$Properties {
        }

        /** Represents a JournalRefused. */
        class JournalRefused {

            /**
             * Constructs a new JournalRefused.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.JournalRefused.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JournalRefused reason. */
            reason: string;

            /**
             * Creates a new JournalRefused instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JournalRefused instance
             */
            static create(properties: longarm.v1.JournalRefused.$Shape): longarm.v1.JournalRefused & longarm.v1.JournalRefused.$Shape;
            static create(properties?: longarm.v1.JournalRefused.$Properties): longarm.v1.JournalRefused;

            /**
             * Encodes the specified JournalRefused message. Does not implicitly {@link longarm.v1.JournalRefused.verify|verify} messages.
             * @param message JournalRefused message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.JournalRefused.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JournalRefused message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.JournalRefused & longarm.v1.JournalRefused.$Shape} JournalRefused
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.JournalRefused & longarm.v1.JournalRefused.$Shape;
        }

        namespace JournalRefused {

            /** Properties of a JournalRefused. */
            interface $Properties {

                /** JournalRefused reason */
                reason?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JournalRefused. */
            type $Shape = longarm.v1.JournalRefused.$Properties;
        }

        /**
         * Properties of a JournalDelivered.
         * @deprecated Use longarm.v1.JournalDelivered.$Properties instead.
         */
        interface IJournalDelivered extends longarm.v1.JournalDelivered.$Properties {
        }

        /** Represents a JournalDelivered. */
        class JournalDelivered {

            /**
             * Constructs a new JournalDelivered.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.JournalDelivered.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new JournalDelivered instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JournalDelivered instance
             */
            static create(properties: longarm.v1.JournalDelivered.$Shape): longarm.v1.JournalDelivered & longarm.v1.JournalDelivered.$Shape;
            static create(properties?: longarm.v1.JournalDelivered.$Properties): longarm.v1.JournalDelivered;

            /**
             * Encodes the specified JournalDelivered message. Does not implicitly {@link longarm.v1.JournalDelivered.verify|verify} messages.
             * @param message JournalDelivered message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.JournalDelivered.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JournalDelivered message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.JournalDelivered & longarm.v1.JournalDelivered.$Shape} JournalDelivered
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.JournalDelivered & longarm.v1.JournalDelivered.$Shape;
        }

        namespace JournalDelivered {

            /** Properties of a JournalDelivered. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JournalDelivered. */
            type $Shape = longarm.v1.JournalDelivered.$Properties;
        }

        /**
         * Properties of a CallEnd.
         * @deprecated Use longarm.v1.CallEnd.$Properties instead.
         */
        interface ICallEnd extends longarm.v1.CallEnd.$Properties {
        }

        /** Represents a CallEnd. */
        class CallEnd {

            /**
             * Constructs a new CallEnd.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.CallEnd.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CallEnd response. */
            response: (longarm.v1.EndedResponse|null);

            /** CallEnd failure. */
            failure: (longarm.v1.Failure|null);

            /** CallEnd end. */
            end?: ("response"|"failure");

            /**
             * Creates a new CallEnd instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CallEnd instance
             */
            static create(properties: longarm.v1.CallEnd.$Shape): longarm.v1.CallEnd & longarm.v1.CallEnd.$Shape;
            static create(properties?: longarm.v1.CallEnd.$Properties): longarm.v1.CallEnd;

            /**
             * Encodes the specified CallEnd message. Does not implicitly {@link longarm.v1.CallEnd.verify|verify} messages.
             * @param message CallEnd message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.CallEnd.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CallEnd message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.CallEnd & longarm.v1.CallEnd.$Shape} CallEnd
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.CallEnd & longarm.v1.CallEnd.$Shape;
        }

        namespace CallEnd {

            /** Properties of a CallEnd. */
            interface $Properties {

                /** CallEnd response */
                response?: (longarm.v1.EndedResponse.$Properties|null);

                /** CallEnd failure */
                failure?: (longarm.v1.Failure.$Properties|null);

                /** CallEnd end */
                end?: ("response"|"failure");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a CallEnd. */
            type $Shape = {
              response?: longarm.v1.EndedResponse.$Shape|null;
              failure?: longarm.v1.Failure.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ end?: undefined; response?: null; failure?: null }|{ end?: "response"; response: longarm.v1.EndedResponse.$Shape; failure?: null }|{ end?: "failure"; response?: null; failure: longarm.v1.Failure.$Shape })
            );
        }

        /**
         * Properties of an EndedResponse.
         * @deprecated Use longarm.v1.EndedResponse.$Properties instead.
         */
        interface IEndedResponse extends longarm.v1.EndedResponse.$Properties {
        }

        /** Represents an EndedResponse. */
        class EndedResponse {

            /**
             * Constructs a new EndedResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.EndedResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EndedResponse head. */
            head: longarm.v1.Head;

            /** EndedResponse whole. */
            whole: (Uint8Array|null);

            /** EndedResponse dropped. */
            dropped: (longarm.v1.DroppedBody|null);

            /** EndedResponse record. */
            record: longarm.v1.CallRecord;

            /** EndedResponse body. */
            body?: ("whole"|"dropped");

            /**
             * Creates a new EndedResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns EndedResponse instance
             */
            static create(properties: longarm.v1.EndedResponse.$Shape): longarm.v1.EndedResponse & longarm.v1.EndedResponse.$Shape;
            static create(properties?: longarm.v1.EndedResponse.$Properties): longarm.v1.EndedResponse;

            /**
             * Encodes the specified EndedResponse message. Does not implicitly {@link longarm.v1.EndedResponse.verify|verify} messages.
             * @param message EndedResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.EndedResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EndedResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.EndedResponse & longarm.v1.EndedResponse.$Shape} EndedResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.EndedResponse & longarm.v1.EndedResponse.$Shape;
        }

        namespace EndedResponse {

            /** Properties of an EndedResponse. */
            interface $Properties {

                /** EndedResponse head */
                head?: longarm.v1.Head.$Properties;

                /** EndedResponse whole */
                whole?: (Uint8Array|null);

                /** EndedResponse dropped */
                dropped?: (longarm.v1.DroppedBody.$Properties|null);

                /** EndedResponse record */
                record?: longarm.v1.CallRecord.$Properties;

                /** EndedResponse body */
                body?: ("whole"|"dropped");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an EndedResponse. */
            type $Shape = {
              head?: longarm.v1.Head.$Shape;
              whole?: Uint8Array|null;
              dropped?: longarm.v1.DroppedBody.$Shape|null;
              record?: longarm.v1.CallRecord.$Shape;
              $unknowns?: Uint8Array[];
            } & (
              ({ body?: undefined; whole?: null; dropped?: null }|{ body?: "whole"; whole: Uint8Array; dropped?: null }|{ body?: "dropped"; whole?: null; dropped: longarm.v1.DroppedBody.$Shape })
            );
        }

        /**
         * Properties of a DroppedBody.
         * @deprecated Use longarm.v1.DroppedBody.$Properties instead.
         */
        interface IDroppedBody extends longarm.v1.DroppedBody.$Properties {
        }

        /** Represents a DroppedBody. */
        class DroppedBody {

            /**
             * Constructs a new DroppedBody.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.DroppedBody.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DroppedBody length. */
            length: number;

            /** DroppedBody sha256. */
            sha256: Uint8Array;

            /**
             * Creates a new DroppedBody instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DroppedBody instance
             */
            static create(properties: longarm.v1.DroppedBody.$Shape): longarm.v1.DroppedBody & longarm.v1.DroppedBody.$Shape;
            static create(properties?: longarm.v1.DroppedBody.$Properties): longarm.v1.DroppedBody;

            /**
             * Encodes the specified DroppedBody message. Does not implicitly {@link longarm.v1.DroppedBody.verify|verify} messages.
             * @param message DroppedBody message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.DroppedBody.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DroppedBody message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.DroppedBody & longarm.v1.DroppedBody.$Shape} DroppedBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.DroppedBody & longarm.v1.DroppedBody.$Shape;
        }

        namespace DroppedBody {

            /** Properties of a DroppedBody. */
            interface $Properties {

                /** DroppedBody length */
                length?: number;

                /** DroppedBody sha256 */
                sha256?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DroppedBody. */
            type $Shape = longarm.v1.DroppedBody.$Properties;
        }

        /**
         * Properties of a Knock.
         * @deprecated Use longarm.v1.Knock.$Properties instead.
         */
        interface IKnock extends longarm.v1.Knock.$Properties {
        }

        /** Represents a Knock. */
        class Knock {

            /**
             * Constructs a new Knock.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Knock.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Knock sealing. */
            sealing: Uint8Array;

            /** Knock sealedTo. */
            sealedTo: string;

            /** Knock sealed. */
            sealed: Uint8Array;

            /**
             * Creates a new Knock instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Knock instance
             */
            static create(properties: longarm.v1.Knock.$Shape): longarm.v1.Knock & longarm.v1.Knock.$Shape;
            static create(properties?: longarm.v1.Knock.$Properties): longarm.v1.Knock;

            /**
             * Encodes the specified Knock message. Does not implicitly {@link longarm.v1.Knock.verify|verify} messages.
             * @param message Knock message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Knock.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Knock message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Knock & longarm.v1.Knock.$Shape} Knock
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Knock & longarm.v1.Knock.$Shape;
        }

        namespace Knock {

            /** Properties of a Knock. */
            interface $Properties {

                /** Knock sealing */
                sealing?: Uint8Array;

                /** Knock sealedTo */
                sealedTo?: string;

                /** Knock sealed */
                sealed?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Knock. */
            type $Shape = longarm.v1.Knock.$Properties;
        }

        /**
         * Properties of a Knocking.
         * @deprecated Use longarm.v1.Knocking.$Properties instead.
         */
        interface IKnocking extends longarm.v1.Knocking.$Properties {
        }

        /** Represents a Knocking. */
        class Knocking {

            /**
             * Constructs a new Knocking.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Knocking.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Knocking agentId. */
            agentId: string;

            /** Knocking nonce. */
            nonce: string;

            /** Knocking generation. */
            generation: number;

            /** Knocking name. */
            name: string;

            /** Knocking protocol. */
            protocol: number;

            /** Knocking labels. */
            labels: longarm.v1.Label[];

            /** Knocking facts. */
            facts: longarm.v1.StableFacts;

            /** Knocking keys. */
            keys: longarm.v1.AgentKeys;

            /** Knocking proof. */
            proof: Uint8Array;

            /** Knocking secret. */
            secret: (string|null);

            /** Knocking challenge. */
            challenge: (string|null);

            /**
             * Creates a new Knocking instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Knocking instance
             */
            static create(properties: longarm.v1.Knocking.$Shape): longarm.v1.Knocking & longarm.v1.Knocking.$Shape;
            static create(properties?: longarm.v1.Knocking.$Properties): longarm.v1.Knocking;

            /**
             * Encodes the specified Knocking message. Does not implicitly {@link longarm.v1.Knocking.verify|verify} messages.
             * @param message Knocking message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Knocking.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Knocking message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Knocking & longarm.v1.Knocking.$Shape} Knocking
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Knocking & longarm.v1.Knocking.$Shape;
        }

        namespace Knocking {

            /** Properties of a Knocking. */
            interface $Properties {

                /** Knocking agentId */
                agentId?: string;

                /** Knocking nonce */
                nonce?: string;

                /** Knocking generation */
                generation?: number;

                /** Knocking name */
                name?: string;

                /** Knocking protocol */
                protocol?: number;

                /** Knocking labels */
                labels?: longarm.v1.Label.$Properties[];

                /** Knocking facts */
                facts?: longarm.v1.StableFacts.$Properties;

                /** Knocking keys */
                keys?: longarm.v1.AgentKeys.$Properties;

                /** Knocking proof */
                proof?: Uint8Array;

                /** Knocking secret */
                secret?: (string|null);

                /** Knocking challenge */
                challenge?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Knocking. */
            type $Shape = longarm.v1.Knocking.$Properties;
        }

        /**
         * Properties of a Knocked.
         * @deprecated Use longarm.v1.Knocked.$Properties instead.
         */
        interface IKnocked extends longarm.v1.Knocked.$Properties {
        }

        /** Represents a Knocked. */
        class Knocked {

            /**
             * Constructs a new Knocked.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Knocked.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Knocked sealedBy. */
            sealedBy: string;

            /** Knocked sealed. */
            sealed: Uint8Array;

            /**
             * Creates a new Knocked instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Knocked instance
             */
            static create(properties: longarm.v1.Knocked.$Shape): longarm.v1.Knocked & longarm.v1.Knocked.$Shape;
            static create(properties?: longarm.v1.Knocked.$Properties): longarm.v1.Knocked;

            /**
             * Encodes the specified Knocked message. Does not implicitly {@link longarm.v1.Knocked.verify|verify} messages.
             * @param message Knocked message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Knocked.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Knocked message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Knocked & longarm.v1.Knocked.$Shape} Knocked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Knocked & longarm.v1.Knocked.$Shape;
        }

        namespace Knocked {

            /** Properties of a Knocked. */
            interface $Properties {

                /** Knocked sealedBy */
                sealedBy?: string;

                /** Knocked sealed */
                sealed?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Knocked. */
            type $Shape = longarm.v1.Knocked.$Properties;
        }

        /**
         * Properties of an Admitted.
         * @deprecated Use longarm.v1.Admitted.$Properties instead.
         */
        interface IAdmitted extends longarm.v1.Admitted.$Properties {
        }

        /** Represents an Admitted. */
        class Admitted {

            /**
             * Constructs a new Admitted.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Admitted.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Admitted generation. */
            generation: number;

            /** Admitted jwt. */
            jwt: string;

            /** Admitted returnJwt. */
            returnJwt: string;

            /** Admitted labels. */
            labels: longarm.v1.Label[];

            /**
             * Creates a new Admitted instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Admitted instance
             */
            static create(properties: longarm.v1.Admitted.$Shape): longarm.v1.Admitted & longarm.v1.Admitted.$Shape;
            static create(properties?: longarm.v1.Admitted.$Properties): longarm.v1.Admitted;

            /**
             * Encodes the specified Admitted message. Does not implicitly {@link longarm.v1.Admitted.verify|verify} messages.
             * @param message Admitted message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Admitted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Admitted message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Admitted & longarm.v1.Admitted.$Shape} Admitted
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Admitted & longarm.v1.Admitted.$Shape;
        }

        namespace Admitted {

            /** Properties of an Admitted. */
            interface $Properties {

                /** Admitted generation */
                generation?: number;

                /** Admitted jwt */
                jwt?: string;

                /** Admitted returnJwt */
                returnJwt?: string;

                /** Admitted labels */
                labels?: longarm.v1.Label.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Admitted. */
            type $Shape = longarm.v1.Admitted.$Properties;
        }

        /**
         * Properties of a Held.
         * @deprecated Use longarm.v1.Held.$Properties instead.
         */
        interface IHeld extends longarm.v1.Held.$Properties {
        }

        /** Represents a Held. */
        class Held {

            /**
             * Constructs a new Held.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Held.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Held reason. */
            reason: string;

            /** Held sentence. */
            sentence: string;

            /** Held challenge. */
            challenge: (string|null);

            /**
             * Creates a new Held instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Held instance
             */
            static create(properties: longarm.v1.Held.$Shape): longarm.v1.Held & longarm.v1.Held.$Shape;
            static create(properties?: longarm.v1.Held.$Properties): longarm.v1.Held;

            /**
             * Encodes the specified Held message. Does not implicitly {@link longarm.v1.Held.verify|verify} messages.
             * @param message Held message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Held.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Held message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Held & longarm.v1.Held.$Shape} Held
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Held & longarm.v1.Held.$Shape;
        }

        namespace Held {

            /** Properties of a Held. */
            interface $Properties {

                /** Held reason */
                reason?: string;

                /** Held sentence */
                sentence?: string;

                /** Held challenge */
                challenge?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Held. */
            type $Shape = longarm.v1.Held.$Properties;
        }

        /**
         * Properties of a KnockAnswer.
         * @deprecated Use longarm.v1.KnockAnswer.$Properties instead.
         */
        interface IKnockAnswer extends longarm.v1.KnockAnswer.$Properties {
        }

        /** Represents a KnockAnswer. */
        class KnockAnswer {

            /**
             * Constructs a new KnockAnswer.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.KnockAnswer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KnockAnswer nonce. */
            nonce: string;

            /** KnockAnswer admitted. */
            admitted: (longarm.v1.Admitted|null);

            /** KnockAnswer held. */
            held: (longarm.v1.Held|null);

            /** KnockAnswer refused. */
            refused: (longarm.v1.ErrorBody|null);

            /** KnockAnswer installation. */
            installation: longarm.v1.SignedInstallationKeys;

            /** KnockAnswer answer. */
            answer?: ("admitted"|"held"|"refused");

            /**
             * Creates a new KnockAnswer instance using the specified properties.
             * @param [properties] Properties to set
             * @returns KnockAnswer instance
             */
            static create(properties: longarm.v1.KnockAnswer.$Shape): longarm.v1.KnockAnswer & longarm.v1.KnockAnswer.$Shape;
            static create(properties?: longarm.v1.KnockAnswer.$Properties): longarm.v1.KnockAnswer;

            /**
             * Encodes the specified KnockAnswer message. Does not implicitly {@link longarm.v1.KnockAnswer.verify|verify} messages.
             * @param message KnockAnswer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.KnockAnswer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KnockAnswer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.KnockAnswer & longarm.v1.KnockAnswer.$Shape} KnockAnswer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.KnockAnswer & longarm.v1.KnockAnswer.$Shape;
        }

        namespace KnockAnswer {

            /** Properties of a KnockAnswer. */
            interface $Properties {

                /** KnockAnswer nonce */
                nonce?: string;

                /** KnockAnswer admitted */
                admitted?: (longarm.v1.Admitted.$Properties|null);

                /** KnockAnswer held */
                held?: (longarm.v1.Held.$Properties|null);

                /** KnockAnswer refused */
                refused?: (longarm.v1.ErrorBody.$Properties|null);

                /** KnockAnswer installation */
                installation?: longarm.v1.SignedInstallationKeys.$Properties;

                /** KnockAnswer answer */
                answer?: ("admitted"|"held"|"refused");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a KnockAnswer. */
            type $Shape = {
              nonce?: string;
              admitted?: longarm.v1.Admitted.$Shape|null;
              held?: longarm.v1.Held.$Shape|null;
              refused?: longarm.v1.ErrorBody.$Shape|null;
              installation?: longarm.v1.SignedInstallationKeys.$Shape;
              $unknowns?: Uint8Array[];
            } & (
              ({ answer?: undefined; admitted?: null; held?: null; refused?: null }|{ answer?: "admitted"; admitted: longarm.v1.Admitted.$Shape; held?: null; refused?: null }|{ answer?: "held"; admitted?: null; held: longarm.v1.Held.$Shape; refused?: null }|{ answer?: "refused"; admitted?: null; held?: null; refused: longarm.v1.ErrorBody.$Shape })
            );
        }

        /**
         * Properties of a Renewal.
         * @deprecated Use longarm.v1.Renewal.$Properties instead.
         */
        interface IRenewal extends longarm.v1.Renewal.$Properties {
        }

        /** Represents a Renewal. */
        class Renewal {

            /**
             * Constructs a new Renewal.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Renewal.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Renewal jwt. */
            jwt: string;

            /** Renewal returnJwt. */
            returnJwt: string;

            /**
             * Creates a new Renewal instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Renewal instance
             */
            static create(properties: longarm.v1.Renewal.$Shape): longarm.v1.Renewal & longarm.v1.Renewal.$Shape;
            static create(properties?: longarm.v1.Renewal.$Properties): longarm.v1.Renewal;

            /**
             * Encodes the specified Renewal message. Does not implicitly {@link longarm.v1.Renewal.verify|verify} messages.
             * @param message Renewal message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Renewal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Renewal message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Renewal & longarm.v1.Renewal.$Shape} Renewal
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Renewal & longarm.v1.Renewal.$Shape;
        }

        namespace Renewal {

            /** Properties of a Renewal. */
            interface $Properties {

                /** Renewal jwt */
                jwt?: string;

                /** Renewal returnJwt */
                returnJwt?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Renewal. */
            type $Shape = longarm.v1.Renewal.$Properties;
        }

        /**
         * Properties of a Submission.
         * @deprecated Use longarm.v1.Submission.$Properties instead.
         */
        interface ISubmission extends longarm.v1.Submission.$Properties {
        }

        /** Represents a Submission. */
        class Submission {

            /**
             * Constructs a new Submission.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Submission.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Submission runId. */
            runId: string;

            /** Submission action. */
            action: string;

            /** Submission actionVersion. */
            actionVersion: number;

            /** Submission connection. */
            connection: (string|null);

            /** Submission input. */
            input: Uint8Array;

            /** Submission lane. */
            lane: string;

            /** Submission deadlineMs. */
            deadlineMs: (number|null);

            /** Submission narrowedTo. */
            narrowedTo: (string|null);

            /** Submission principal. */
            principal: string;

            /** Submission fingerprint. */
            fingerprint: Uint8Array;

            /** Submission submittedAtMs. */
            submittedAtMs: number;

            /** Submission dryRun. */
            dryRun: boolean;

            /** Submission retry. */
            retry: (string|null);

            /** Submission concurrencyKey. */
            concurrencyKey: (string|null);

            /** Submission concurrencyLimit. */
            concurrencyLimit: (number|null);

            /** Submission startByMs. */
            startByMs: (number|null);

            /** Submission runWithinMs. */
            runWithinMs: (number|null);

            /** Submission connections. */
            connections: string[];

            /** Submission origin. */
            origin: (longarm.v1.RunOrigin|null);

            /** Submission chainDepth. */
            chainDepth: (number|null);

            /** Submission behind. */
            behind: string[];

            /**
             * Creates a new Submission instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Submission instance
             */
            static create(properties: longarm.v1.Submission.$Shape): longarm.v1.Submission & longarm.v1.Submission.$Shape;
            static create(properties?: longarm.v1.Submission.$Properties): longarm.v1.Submission;

            /**
             * Encodes the specified Submission message. Does not implicitly {@link longarm.v1.Submission.verify|verify} messages.
             * @param message Submission message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Submission.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Submission message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Submission & longarm.v1.Submission.$Shape} Submission
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Submission & longarm.v1.Submission.$Shape;
        }

        namespace Submission {

            /** Properties of a Submission. */
            interface $Properties {

                /** Submission runId */
                runId?: string;

                /** Submission action */
                action?: string;

                /** Submission actionVersion */
                actionVersion?: number;

                /** Submission connection */
                connection?: (string|null);

                /** Submission input */
                input?: Uint8Array;

                /** Submission lane */
                lane?: string;

                /** Submission deadlineMs */
                deadlineMs?: (number|null);

                /** Submission narrowedTo */
                narrowedTo?: (string|null);

                /** Submission principal */
                principal?: string;

                /** Submission fingerprint */
                fingerprint?: Uint8Array;

                /** Submission submittedAtMs */
                submittedAtMs?: number;

                /** Submission dryRun */
                dryRun?: boolean;

                /** Submission retry */
                retry?: (string|null);

                /** Submission concurrencyKey */
                concurrencyKey?: (string|null);

                /** Submission concurrencyLimit */
                concurrencyLimit?: (number|null);

                /** Submission startByMs */
                startByMs?: (number|null);

                /** Submission runWithinMs */
                runWithinMs?: (number|null);

                /** Submission connections */
                connections?: string[];

                /** Submission origin */
                origin?: (longarm.v1.RunOrigin.$Properties|null);

                /** Submission chainDepth */
                chainDepth?: (number|null);

                /** Submission behind */
                behind?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Submission. */
            type $Shape = longarm.v1.Submission.$Properties;
        }

        /**
         * Properties of a RunOrigin.
         * @deprecated Use longarm.v1.RunOrigin.$Properties instead.
         */
        interface IRunOrigin extends longarm.v1.RunOrigin.$Properties {
        }

        /** Represents a RunOrigin. */
        class RunOrigin {

            /**
             * Constructs a new RunOrigin.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.RunOrigin.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RunOrigin kind. */
            kind: string;

            /** RunOrigin name. */
            name: string;

            /** RunOrigin slotMs. */
            slotMs: (number|null);

            /**
             * Creates a new RunOrigin instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RunOrigin instance
             */
            static create(properties: longarm.v1.RunOrigin.$Shape): longarm.v1.RunOrigin & longarm.v1.RunOrigin.$Shape;
            static create(properties?: longarm.v1.RunOrigin.$Properties): longarm.v1.RunOrigin;

            /**
             * Encodes the specified RunOrigin message. Does not implicitly {@link longarm.v1.RunOrigin.verify|verify} messages.
             * @param message RunOrigin message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.RunOrigin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RunOrigin message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.RunOrigin & longarm.v1.RunOrigin.$Shape} RunOrigin
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.RunOrigin & longarm.v1.RunOrigin.$Shape;
        }

        namespace RunOrigin {

            /** Properties of a RunOrigin. */
            interface $Properties {

                /** RunOrigin kind */
                kind?: string;

                /** RunOrigin name */
                name?: string;

                /** RunOrigin slotMs */
                slotMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RunOrigin. */
            type $Shape = longarm.v1.RunOrigin.$Properties;
        }

        /**
         * Properties of an EndedRun.
         * @deprecated Use longarm.v1.EndedRun.$Properties instead.
         */
        interface IEndedRun extends longarm.v1.EndedRun.$Properties {
        }

        /** Represents an EndedRun. */
        class EndedRun {

            /**
             * Constructs a new EndedRun.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.EndedRun.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EndedRun runId. */
            runId: string;

            /** EndedRun action. */
            action: string;

            /** EndedRun connection. */
            connection: (string|null);

            /** EndedRun lane. */
            lane: string;

            /** EndedRun dryRun. */
            dryRun: boolean;

            /** EndedRun status. */
            status: string;

            /** EndedRun fingerprint. */
            fingerprint: Uint8Array;

            /** EndedRun submittedAtMs. */
            submittedAtMs: number;

            /** EndedRun endedAtMs. */
            endedAtMs: number;

            /** EndedRun removedAtMs. */
            removedAtMs: number;

            /** EndedRun removedBy. */
            removedBy: string;

            /** EndedRun startedAtMs. */
            startedAtMs: (number|null);

            /**
             * Creates a new EndedRun instance using the specified properties.
             * @param [properties] Properties to set
             * @returns EndedRun instance
             */
            static create(properties: longarm.v1.EndedRun.$Shape): longarm.v1.EndedRun & longarm.v1.EndedRun.$Shape;
            static create(properties?: longarm.v1.EndedRun.$Properties): longarm.v1.EndedRun;

            /**
             * Encodes the specified EndedRun message. Does not implicitly {@link longarm.v1.EndedRun.verify|verify} messages.
             * @param message EndedRun message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.EndedRun.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EndedRun message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.EndedRun & longarm.v1.EndedRun.$Shape} EndedRun
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.EndedRun & longarm.v1.EndedRun.$Shape;
        }

        namespace EndedRun {

            /** Properties of an EndedRun. */
            interface $Properties {

                /** EndedRun runId */
                runId?: string;

                /** EndedRun action */
                action?: string;

                /** EndedRun connection */
                connection?: (string|null);

                /** EndedRun lane */
                lane?: string;

                /** EndedRun dryRun */
                dryRun?: boolean;

                /** EndedRun status */
                status?: string;

                /** EndedRun fingerprint */
                fingerprint?: Uint8Array;

                /** EndedRun submittedAtMs */
                submittedAtMs?: number;

                /** EndedRun endedAtMs */
                endedAtMs?: number;

                /** EndedRun removedAtMs */
                removedAtMs?: number;

                /** EndedRun removedBy */
                removedBy?: string;

                /** EndedRun startedAtMs */
                startedAtMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EndedRun. */
            type $Shape = longarm.v1.EndedRun.$Properties;
        }

        /**
         * Properties of a LogRecord.
         * @deprecated Use longarm.v1.LogRecord.$Properties instead.
         */
        interface ILogRecord extends longarm.v1.LogRecord.$Properties {
        }

        /** Represents a LogRecord. */
        class LogRecord {

            /**
             * Constructs a new LogRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.LogRecord.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LogRecord entries. */
            entries: longarm.v1.LogEntry[];

            /**
             * Creates a new LogRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LogRecord instance
             */
            static create(properties: longarm.v1.LogRecord.$Shape): longarm.v1.LogRecord & longarm.v1.LogRecord.$Shape;
            static create(properties?: longarm.v1.LogRecord.$Properties): longarm.v1.LogRecord;

            /**
             * Encodes the specified LogRecord message. Does not implicitly {@link longarm.v1.LogRecord.verify|verify} messages.
             * @param message LogRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.LogRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LogRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.LogRecord & longarm.v1.LogRecord.$Shape} LogRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.LogRecord & longarm.v1.LogRecord.$Shape;
        }

        namespace LogRecord {

            /** Properties of a LogRecord. */
            interface $Properties {

                /** LogRecord entries */
                entries?: longarm.v1.LogEntry.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LogRecord. */
            type $Shape = {
              entries?: longarm.v1.LogEntry.$Shape[];
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a LogEntry.
         * @deprecated Use longarm.v1.LogEntry.$Properties instead.
         */
        interface ILogEntry extends longarm.v1.LogEntry.$Properties {
        }

        /** Represents a LogEntry. */
        class LogEntry {

            /**
             * Constructs a new LogEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.LogEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LogEntry claimed. */
            claimed: (longarm.v1.Claimed|null);

            /** LogEntry intent. */
            intent: (longarm.v1.Intent|null);

            /** LogEntry outcome. */
            outcome: (longarm.v1.Outcome|null);

            /** LogEntry parked. */
            parked: (longarm.v1.Parked|null);

            /** LogEntry resumed. */
            resumed: (longarm.v1.Resumed|null);

            /** LogEntry completed. */
            completed: (longarm.v1.Completed|null);

            /** LogEntry cancelRequested. */
            cancelRequested: (longarm.v1.CancelRequested|null);

            /** LogEntry resolved. */
            resolved: (longarm.v1.Resolved|null);

            /** LogEntry secretsRead. */
            secretsRead: (longarm.v1.SecretsRead|null);

            /** LogEntry approved. */
            approved: (longarm.v1.Verdict|null);

            /** LogEntry denied. */
            denied: (longarm.v1.Verdict|null);

            /** LogEntry stepBegun. */
            stepBegun: (longarm.v1.StepBegun|null);

            /** LogEntry stepEnded. */
            stepEnded: (longarm.v1.StepEnded|null);

            /** LogEntry kind. */
            kind?: ("claimed"|"intent"|"outcome"|"parked"|"resumed"|"completed"|"cancelRequested"|"resolved"|"secretsRead"|"approved"|"denied"|"stepBegun"|"stepEnded");

            /**
             * Creates a new LogEntry instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LogEntry instance
             */
            static create(properties: longarm.v1.LogEntry.$Shape): longarm.v1.LogEntry & longarm.v1.LogEntry.$Shape;
            static create(properties?: longarm.v1.LogEntry.$Properties): longarm.v1.LogEntry;

            /**
             * Encodes the specified LogEntry message. Does not implicitly {@link longarm.v1.LogEntry.verify|verify} messages.
             * @param message LogEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.LogEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LogEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.LogEntry & longarm.v1.LogEntry.$Shape} LogEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.LogEntry & longarm.v1.LogEntry.$Shape;
        }

        namespace LogEntry {

            /** Properties of a LogEntry. */
            interface $Properties {

                /** LogEntry claimed */
                claimed?: (longarm.v1.Claimed.$Properties|null);

                /** LogEntry intent */
                intent?: (longarm.v1.Intent.$Properties|null);

                /** LogEntry outcome */
                outcome?: (longarm.v1.Outcome.$Properties|null);

                /** LogEntry parked */
                parked?: (longarm.v1.Parked.$Properties|null);

                /** LogEntry resumed */
                resumed?: (longarm.v1.Resumed.$Properties|null);

                /** LogEntry completed */
                completed?: (longarm.v1.Completed.$Properties|null);

                /** LogEntry cancelRequested */
                cancelRequested?: (longarm.v1.CancelRequested.$Properties|null);

                /** LogEntry resolved */
                resolved?: (longarm.v1.Resolved.$Properties|null);

                /** LogEntry secretsRead */
                secretsRead?: (longarm.v1.SecretsRead.$Properties|null);

                /** LogEntry approved */
                approved?: (longarm.v1.Verdict.$Properties|null);

                /** LogEntry denied */
                denied?: (longarm.v1.Verdict.$Properties|null);

                /** LogEntry stepBegun */
                stepBegun?: (longarm.v1.StepBegun.$Properties|null);

                /** LogEntry stepEnded */
                stepEnded?: (longarm.v1.StepEnded.$Properties|null);

                /** LogEntry kind */
                kind?: ("claimed"|"intent"|"outcome"|"parked"|"resumed"|"completed"|"cancelRequested"|"resolved"|"secretsRead"|"approved"|"denied"|"stepBegun"|"stepEnded");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a LogEntry. */
            type $Shape = {
              claimed?: longarm.v1.Claimed.$Shape|null;
              intent?: longarm.v1.Intent.$Shape|null;
              outcome?: longarm.v1.Outcome.$Shape|null;
              parked?: longarm.v1.Parked.$Shape|null;
              resumed?: longarm.v1.Resumed.$Shape|null;
              completed?: longarm.v1.Completed.$Shape|null;
              cancelRequested?: longarm.v1.CancelRequested.$Shape|null;
              resolved?: longarm.v1.Resolved.$Shape|null;
              secretsRead?: longarm.v1.SecretsRead.$Shape|null;
              approved?: longarm.v1.Verdict.$Shape|null;
              denied?: longarm.v1.Verdict.$Shape|null;
              stepBegun?: longarm.v1.StepBegun.$Shape|null;
              stepEnded?: longarm.v1.StepEnded.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; claimed?: null; intent?: null; outcome?: null; parked?: null; resumed?: null; completed?: null; cancelRequested?: null; resolved?: null; secretsRead?: null; approved?: null; denied?: null; stepBegun?: null; stepEnded?: null }|{ kind?: "claimed"; claimed: longarm.v1.Claimed.$Shape; intent?: null; outcome?: null; parked?: null; resumed?: null; completed?: null; cancelRequested?: null; resolved?: null; secretsRead?: null; approved?: null; denied?: null; stepBegun?: null; stepEnded?: null }|{ kind?: "intent"; claimed?: null; intent: longarm.v1.Intent.$Shape; outcome?: null; parked?: null; resumed?: null; completed?: null; cancelRequested?: null; resolved?: null; secretsRead?: null; approved?: null; denied?: null; stepBegun?: null; stepEnded?: null }|{ kind?: "outcome"; claimed?: null; intent?: null; outcome: longarm.v1.Outcome.$Shape; parked?: null; resumed?: null; completed?: null; cancelRequested?: null; resolved?: null; secretsRead?: null; approved?: null; denied?: null; stepBegun?: null; stepEnded?: null }|{ kind?: "parked"; claimed?: null; intent?: null; outcome?: null; parked: longarm.v1.Parked.$Shape; resumed?: null; completed?: null; cancelRequested?: null; resolved?: null; secretsRead?: null; approved?: null; denied?: null; stepBegun?: null; stepEnded?: null }|{ kind?: "resumed"; claimed?: null; intent?: null; outcome?: null; parked?: null; resumed: longarm.v1.Resumed.$Shape; completed?: null; cancelRequested?: null; resolved?: null; secretsRead?: null; approved?: null; denied?: null; stepBegun?: null; stepEnded?: null }|{ kind?: "completed"; claimed?: null; intent?: null; outcome?: null; parked?: null; resumed?: null; completed: longarm.v1.Completed.$Shape; cancelRequested?: null; resolved?: null; secretsRead?: null; approved?: null; denied?: null; stepBegun?: null; stepEnded?: null }|{ kind?: "cancelRequested"; claimed?: null; intent?: null; outcome?: null; parked?: null; resumed?: null; completed?: null; cancelRequested: longarm.v1.CancelRequested.$Shape; resolved?: null; secretsRead?: null; approved?: null; denied?: null; stepBegun?: null; stepEnded?: null }|{ kind?: "resolved"; claimed?: null; intent?: null; outcome?: null; parked?: null; resumed?: null; completed?: null; cancelRequested?: null; resolved: longarm.v1.Resolved.$Shape; secretsRead?: null; approved?: null; denied?: null; stepBegun?: null; stepEnded?: null }|{ kind?: "secretsRead"; claimed?: null; intent?: null; outcome?: null; parked?: null; resumed?: null; completed?: null; cancelRequested?: null; resolved?: null; secretsRead: longarm.v1.SecretsRead.$Shape; approved?: null; denied?: null; stepBegun?: null; stepEnded?: null }|{ kind?: "approved"; claimed?: null; intent?: null; outcome?: null; parked?: null; resumed?: null; completed?: null; cancelRequested?: null; resolved?: null; secretsRead?: null; approved: longarm.v1.Verdict.$Shape; denied?: null; stepBegun?: null; stepEnded?: null }|{ kind?: "denied"; claimed?: null; intent?: null; outcome?: null; parked?: null; resumed?: null; completed?: null; cancelRequested?: null; resolved?: null; secretsRead?: null; approved?: null; denied: longarm.v1.Verdict.$Shape; stepBegun?: null; stepEnded?: null }|{ kind?: "stepBegun"; claimed?: null; intent?: null; outcome?: null; parked?: null; resumed?: null; completed?: null; cancelRequested?: null; resolved?: null; secretsRead?: null; approved?: null; denied?: null; stepBegun: longarm.v1.StepBegun.$Shape; stepEnded?: null }|{ kind?: "stepEnded"; claimed?: null; intent?: null; outcome?: null; parked?: null; resumed?: null; completed?: null; cancelRequested?: null; resolved?: null; secretsRead?: null; approved?: null; denied?: null; stepBegun?: null; stepEnded: longarm.v1.StepEnded.$Shape })
            );
        }

        /**
         * Properties of a Claimed.
         * @deprecated Use longarm.v1.Claimed.$Properties instead.
         */
        interface IClaimed extends longarm.v1.Claimed.$Properties {
        }

        /** Represents a Claimed. */
        class Claimed {

            /**
             * Constructs a new Claimed.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Claimed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Claimed controllerId. */
            controllerId: string;

            /**
             * Creates a new Claimed instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Claimed instance
             */
            static create(properties: longarm.v1.Claimed.$Shape): longarm.v1.Claimed & longarm.v1.Claimed.$Shape;
            static create(properties?: longarm.v1.Claimed.$Properties): longarm.v1.Claimed;

            /**
             * Encodes the specified Claimed message. Does not implicitly {@link longarm.v1.Claimed.verify|verify} messages.
             * @param message Claimed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Claimed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Claimed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Claimed & longarm.v1.Claimed.$Shape} Claimed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Claimed & longarm.v1.Claimed.$Shape;
        }

        namespace Claimed {

            /** Properties of a Claimed. */
            interface $Properties {

                /** Claimed controllerId */
                controllerId?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Claimed. */
            type $Shape = longarm.v1.Claimed.$Properties;
        }

        /**
         * Properties of an Executor.
         * @deprecated Use longarm.v1.Executor.$Properties instead.
         */
        interface IExecutor extends longarm.v1.Executor.$Properties {
        }

        /** Represents an Executor. */
        class Executor {

            /**
             * Constructs a new Executor.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Executor.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Executor kind. */
            kind: string;

            /** Executor agentId. */
            agentId: (string|null);

            /** Executor agentName. */
            agentName: (string|null);

            /** Executor why. */
            why: string;

            /**
             * Creates a new Executor instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Executor instance
             */
            static create(properties: longarm.v1.Executor.$Shape): longarm.v1.Executor & longarm.v1.Executor.$Shape;
            static create(properties?: longarm.v1.Executor.$Properties): longarm.v1.Executor;

            /**
             * Encodes the specified Executor message. Does not implicitly {@link longarm.v1.Executor.verify|verify} messages.
             * @param message Executor message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Executor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Executor message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Executor & longarm.v1.Executor.$Shape} Executor
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Executor & longarm.v1.Executor.$Shape;
        }

        namespace Executor {

            /** Properties of an Executor. */
            interface $Properties {

                /** Executor kind */
                kind?: string;

                /** Executor agentId */
                agentId?: (string|null);

                /** Executor agentName */
                agentName?: (string|null);

                /** Executor why */
                why?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Executor. */
            type $Shape = longarm.v1.Executor.$Properties;
        }

        /**
         * Properties of an Intent.
         * @deprecated Use longarm.v1.Intent.$Properties instead.
         */
        interface IIntent extends longarm.v1.Intent.$Properties {
        }

        /** Represents an Intent. */
        class Intent {

            /**
             * Constructs a new Intent.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Intent.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Intent call. */
            call: longarm.v1.CallIdentity;

            /** Intent attempt. */
            attempt: number;

            /** Intent effect. */
            effect: string;

            /** Intent executor. */
            executor: longarm.v1.Executor;

            /** Intent notAfterMs. */
            notAfterMs: number;

            /** Intent resumeAt. */
            resumeAt: (string|null);

            /** Intent journalId. */
            journalId: (string|null);

            /**
             * Creates a new Intent instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Intent instance
             */
            static create(properties: longarm.v1.Intent.$Shape): longarm.v1.Intent & longarm.v1.Intent.$Shape;
            static create(properties?: longarm.v1.Intent.$Properties): longarm.v1.Intent;

            /**
             * Encodes the specified Intent message. Does not implicitly {@link longarm.v1.Intent.verify|verify} messages.
             * @param message Intent message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Intent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Intent message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Intent & longarm.v1.Intent.$Shape} Intent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Intent & longarm.v1.Intent.$Shape;
        }

        namespace Intent {

            /** Properties of an Intent. */
            interface $Properties {

                /** Intent call */
                call?: longarm.v1.CallIdentity.$Properties;

                /** Intent attempt */
                attempt?: number;

                /** Intent effect */
                effect?: string;

                /** Intent executor */
                executor?: longarm.v1.Executor.$Properties;

                /** Intent notAfterMs */
                notAfterMs?: number;

                /** Intent resumeAt */
                resumeAt?: (string|null);

                /** Intent journalId */
                journalId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Intent. */
            type $Shape = longarm.v1.Intent.$Properties;
        }

        /**
         * Properties of a CallIdentity.
         * @deprecated Use longarm.v1.CallIdentity.$Properties instead.
         */
        interface ICallIdentity extends longarm.v1.CallIdentity.$Properties {
        }

        /** Represents a CallIdentity. */
        class CallIdentity {

            /**
             * Constructs a new CallIdentity.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.CallIdentity.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CallIdentity callId. */
            callId: string;

            /** CallIdentity branch. */
            branch: string;

            /** CallIdentity ordinal. */
            ordinal: number;

            /** CallIdentity method. */
            method: string;

            /** CallIdentity target. */
            target: string;

            /** CallIdentity bodyHash. */
            bodyHash: Uint8Array;

            /**
             * Creates a new CallIdentity instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CallIdentity instance
             */
            static create(properties: longarm.v1.CallIdentity.$Shape): longarm.v1.CallIdentity & longarm.v1.CallIdentity.$Shape;
            static create(properties?: longarm.v1.CallIdentity.$Properties): longarm.v1.CallIdentity;

            /**
             * Encodes the specified CallIdentity message. Does not implicitly {@link longarm.v1.CallIdentity.verify|verify} messages.
             * @param message CallIdentity message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.CallIdentity.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CallIdentity message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.CallIdentity & longarm.v1.CallIdentity.$Shape} CallIdentity
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.CallIdentity & longarm.v1.CallIdentity.$Shape;
        }

        namespace CallIdentity {

            /** Properties of a CallIdentity. */
            interface $Properties {

                /** CallIdentity callId */
                callId?: string;

                /** CallIdentity branch */
                branch?: string;

                /** CallIdentity ordinal */
                ordinal?: number;

                /** CallIdentity method */
                method?: string;

                /** CallIdentity target */
                target?: string;

                /** CallIdentity bodyHash */
                bodyHash?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CallIdentity. */
            type $Shape = longarm.v1.CallIdentity.$Properties;
        }

        /**
         * Properties of an Outcome.
         * @deprecated Use longarm.v1.Outcome.$Properties instead.
         */
        interface IOutcome extends longarm.v1.Outcome.$Properties {
        }

        /** Represents an Outcome. */
        class Outcome {

            /**
             * Constructs a new Outcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Outcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Outcome call. */
            call: longarm.v1.CallIdentity;

            /** Outcome attempt. */
            attempt: number;

            /** Outcome effect. */
            effect: string;

            /** Outcome executor. */
            executor: longarm.v1.Executor;

            /** Outcome result. */
            result: string;

            /** Outcome status. */
            status: (number|null);

            /** Outcome headers. */
            headers: string;

            /** Outcome inline. */
            inline: (Uint8Array|null);

            /** Outcome blob. */
            blob: (longarm.v1.BlobRef|null);

            /** Outcome record. */
            record: string;

            /** Outcome queuedMs. */
            queuedMs: number;

            /** Outcome error. */
            error: (string|null);

            /** Outcome superseded. */
            superseded: boolean;

            /** Outcome isReconciled. */
            isReconciled: boolean;

            /** Outcome body. */
            body?: ("inline"|"blob");

            /**
             * Creates a new Outcome instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Outcome instance
             */
            static create(properties: longarm.v1.Outcome.$Shape): longarm.v1.Outcome & longarm.v1.Outcome.$Shape;
            static create(properties?: longarm.v1.Outcome.$Properties): longarm.v1.Outcome;

            /**
             * Encodes the specified Outcome message. Does not implicitly {@link longarm.v1.Outcome.verify|verify} messages.
             * @param message Outcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Outcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Outcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Outcome & longarm.v1.Outcome.$Shape} Outcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Outcome & longarm.v1.Outcome.$Shape;
        }

        namespace Outcome {

            /** Properties of an Outcome. */
            interface $Properties {

                /** Outcome call */
                call?: longarm.v1.CallIdentity.$Properties;

                /** Outcome attempt */
                attempt?: number;

                /** Outcome effect */
                effect?: string;

                /** Outcome executor */
                executor?: longarm.v1.Executor.$Properties;

                /** Outcome result */
                result?: string;

                /** Outcome status */
                status?: (number|null);

                /** Outcome headers */
                headers?: string;

                /** Outcome inline */
                inline?: (Uint8Array|null);

                /** Outcome blob */
                blob?: (longarm.v1.BlobRef.$Properties|null);

                /** Outcome record */
                record?: string;

                /** Outcome queuedMs */
                queuedMs?: number;

                /** Outcome error */
                error?: (string|null);

                /** Outcome superseded */
                superseded?: boolean;

                /** Outcome isReconciled */
                isReconciled?: boolean;

                /** Outcome body */
                body?: ("inline"|"blob");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an Outcome. */
            type $Shape = {
              call?: longarm.v1.CallIdentity.$Shape;
              attempt?: number;
              effect?: string;
              executor?: longarm.v1.Executor.$Shape;
              result?: string;
              status?: number|null;
              headers?: string;
              inline?: Uint8Array|null;
              blob?: longarm.v1.BlobRef.$Shape|null;
              record?: string;
              queuedMs?: number;
              error?: string|null;
              superseded?: boolean;
              isReconciled?: boolean;
              $unknowns?: Uint8Array[];
            } & (
              ({ body?: undefined; inline?: null; blob?: null }|{ body?: "inline"; inline: Uint8Array; blob?: null }|{ body?: "blob"; inline?: null; blob: longarm.v1.BlobRef.$Shape })
            );
        }

        /**
         * Properties of a BlobRef.
         * @deprecated Use longarm.v1.BlobRef.$Properties instead.
         */
        interface IBlobRef extends longarm.v1.BlobRef.$Properties {
        }

        /** Represents a BlobRef. */
        class BlobRef {

            /**
             * Constructs a new BlobRef.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.BlobRef.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BlobRef part. */
            part: string;

            /** BlobRef attempt. */
            attempt: number;

            /** BlobRef chunks. */
            chunks: number;

            /** BlobRef length. */
            length: number;

            /** BlobRef sha256. */
            sha256: Uint8Array;

            /** BlobRef epoch. */
            epoch: number;

            /**
             * Creates a new BlobRef instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BlobRef instance
             */
            static create(properties: longarm.v1.BlobRef.$Shape): longarm.v1.BlobRef & longarm.v1.BlobRef.$Shape;
            static create(properties?: longarm.v1.BlobRef.$Properties): longarm.v1.BlobRef;

            /**
             * Encodes the specified BlobRef message. Does not implicitly {@link longarm.v1.BlobRef.verify|verify} messages.
             * @param message BlobRef message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.BlobRef.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BlobRef message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.BlobRef & longarm.v1.BlobRef.$Shape} BlobRef
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.BlobRef & longarm.v1.BlobRef.$Shape;
        }

        namespace BlobRef {

            /** Properties of a BlobRef. */
            interface $Properties {

                /** BlobRef part */
                part?: string;

                /** BlobRef attempt */
                attempt?: number;

                /** BlobRef chunks */
                chunks?: number;

                /** BlobRef length */
                length?: number;

                /** BlobRef sha256 */
                sha256?: Uint8Array;

                /** BlobRef epoch */
                epoch?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BlobRef. */
            type $Shape = longarm.v1.BlobRef.$Properties;
        }

        /**
         * Properties of a Parked.
         * @deprecated Use longarm.v1.Parked.$Properties instead.
         */
        interface IParked extends longarm.v1.Parked.$Properties {
        }

        /** Represents a Parked. */
        class Parked {

            /**
             * Constructs a new Parked.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Parked.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Parked reason. */
            reason: string;

            /** Parked sentence. */
            sentence: string;

            /** Parked sinceMs. */
            sinceMs: number;

            /** Parked untilMs. */
            untilMs: (number|null);

            /** Parked ordinal. */
            ordinal: number;

            /** Parked stage. */
            stage: number;

            /**
             * Creates a new Parked instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Parked instance
             */
            static create(properties: longarm.v1.Parked.$Shape): longarm.v1.Parked & longarm.v1.Parked.$Shape;
            static create(properties?: longarm.v1.Parked.$Properties): longarm.v1.Parked;

            /**
             * Encodes the specified Parked message. Does not implicitly {@link longarm.v1.Parked.verify|verify} messages.
             * @param message Parked message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Parked.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Parked message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Parked & longarm.v1.Parked.$Shape} Parked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Parked & longarm.v1.Parked.$Shape;
        }

        namespace Parked {

            /** Properties of a Parked. */
            interface $Properties {

                /** Parked reason */
                reason?: string;

                /** Parked sentence */
                sentence?: string;

                /** Parked sinceMs */
                sinceMs?: number;

                /** Parked untilMs */
                untilMs?: (number|null);

                /** Parked ordinal */
                ordinal?: number;

                /** Parked stage */
                stage?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Parked. */
            type $Shape = longarm.v1.Parked.$Properties;
        }

        /**
         * Properties of a Resumed.
         * @deprecated Use longarm.v1.Resumed.$Properties instead.
         */
        interface IResumed extends longarm.v1.Resumed.$Properties {
        }

        /** Represents a Resumed. */
        class Resumed {

            /**
             * Constructs a new Resumed.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Resumed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Resumed starts. */
            starts: boolean;

            /**
             * Creates a new Resumed instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Resumed instance
             */
            static create(properties: longarm.v1.Resumed.$Shape): longarm.v1.Resumed & longarm.v1.Resumed.$Shape;
            static create(properties?: longarm.v1.Resumed.$Properties): longarm.v1.Resumed;

            /**
             * Encodes the specified Resumed message. Does not implicitly {@link longarm.v1.Resumed.verify|verify} messages.
             * @param message Resumed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Resumed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Resumed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Resumed & longarm.v1.Resumed.$Shape} Resumed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Resumed & longarm.v1.Resumed.$Shape;
        }

        namespace Resumed {

            /** Properties of a Resumed. */
            interface $Properties {

                /** Resumed starts */
                starts?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Resumed. */
            type $Shape = longarm.v1.Resumed.$Properties;
        }

        /**
         * Properties of a Completed.
         * @deprecated Use longarm.v1.Completed.$Properties instead.
         */
        interface ICompleted extends longarm.v1.Completed.$Properties {
        }

        /** Represents a Completed. */
        class Completed {

            /**
             * Constructs a new Completed.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Completed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Completed status. */
            status: string;

            /** Completed inline. */
            inline: (Uint8Array|null);

            /** Completed blob. */
            blob: (longarm.v1.BlobRef|null);

            /** Completed error. */
            error: (string|null);

            /** Completed output. */
            output?: ("inline"|"blob");

            /**
             * Creates a new Completed instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Completed instance
             */
            static create(properties: longarm.v1.Completed.$Shape): longarm.v1.Completed & longarm.v1.Completed.$Shape;
            static create(properties?: longarm.v1.Completed.$Properties): longarm.v1.Completed;

            /**
             * Encodes the specified Completed message. Does not implicitly {@link longarm.v1.Completed.verify|verify} messages.
             * @param message Completed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Completed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Completed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Completed & longarm.v1.Completed.$Shape} Completed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Completed & longarm.v1.Completed.$Shape;
        }

        namespace Completed {

            /** Properties of a Completed. */
            interface $Properties {

                /** Completed status */
                status?: string;

                /** Completed inline */
                inline?: (Uint8Array|null);

                /** Completed blob */
                blob?: (longarm.v1.BlobRef.$Properties|null);

                /** Completed error */
                error?: (string|null);

                /** Completed output */
                output?: ("inline"|"blob");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Completed. */
            type $Shape = {
              status?: string;
              inline?: Uint8Array|null;
              blob?: longarm.v1.BlobRef.$Shape|null;
              error?: string|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ output?: undefined; inline?: null; blob?: null }|{ output?: "inline"; inline: Uint8Array; blob?: null }|{ output?: "blob"; inline?: null; blob: longarm.v1.BlobRef.$Shape })
            );
        }

        /**
         * Properties of a CancelRequested.
         * @deprecated Use longarm.v1.CancelRequested.$Properties instead.
         */
        interface ICancelRequested extends longarm.v1.CancelRequested.$Properties {
        }

        /** Represents a CancelRequested. */
        class CancelRequested {

            /**
             * Constructs a new CancelRequested.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.CancelRequested.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CancelRequested principal. */
            principal: string;

            /**
             * Creates a new CancelRequested instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CancelRequested instance
             */
            static create(properties: longarm.v1.CancelRequested.$Shape): longarm.v1.CancelRequested & longarm.v1.CancelRequested.$Shape;
            static create(properties?: longarm.v1.CancelRequested.$Properties): longarm.v1.CancelRequested;

            /**
             * Encodes the specified CancelRequested message. Does not implicitly {@link longarm.v1.CancelRequested.verify|verify} messages.
             * @param message CancelRequested message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.CancelRequested.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CancelRequested message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.CancelRequested & longarm.v1.CancelRequested.$Shape} CancelRequested
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.CancelRequested & longarm.v1.CancelRequested.$Shape;
        }

        namespace CancelRequested {

            /** Properties of a CancelRequested. */
            interface $Properties {

                /** CancelRequested principal */
                principal?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CancelRequested. */
            type $Shape = longarm.v1.CancelRequested.$Properties;
        }

        /**
         * Properties of a Resolved.
         * @deprecated Use longarm.v1.Resolved.$Properties instead.
         */
        interface IResolved extends longarm.v1.Resolved.$Properties {
        }

        /** Represents a Resolved. */
        class Resolved {

            /**
             * Constructs a new Resolved.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Resolved.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Resolved principal. */
            principal: string;

            /** Resolved status. */
            status: string;

            /** Resolved note. */
            note: string;

            /**
             * Creates a new Resolved instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Resolved instance
             */
            static create(properties: longarm.v1.Resolved.$Shape): longarm.v1.Resolved & longarm.v1.Resolved.$Shape;
            static create(properties?: longarm.v1.Resolved.$Properties): longarm.v1.Resolved;

            /**
             * Encodes the specified Resolved message. Does not implicitly {@link longarm.v1.Resolved.verify|verify} messages.
             * @param message Resolved message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Resolved.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Resolved message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Resolved & longarm.v1.Resolved.$Shape} Resolved
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Resolved & longarm.v1.Resolved.$Shape;
        }

        namespace Resolved {

            /** Properties of a Resolved. */
            interface $Properties {

                /** Resolved principal */
                principal?: string;

                /** Resolved status */
                status?: string;

                /** Resolved note */
                note?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Resolved. */
            type $Shape = longarm.v1.Resolved.$Properties;
        }

        /**
         * Properties of a SecretsRead.
         * @deprecated Use longarm.v1.SecretsRead.$Properties instead.
         */
        interface ISecretsRead extends longarm.v1.SecretsRead.$Properties {
        }

        /** Represents a SecretsRead. */
        class SecretsRead {

            /**
             * Constructs a new SecretsRead.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.SecretsRead.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SecretsRead principal. */
            principal: string;

            /**
             * Creates a new SecretsRead instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SecretsRead instance
             */
            static create(properties: longarm.v1.SecretsRead.$Shape): longarm.v1.SecretsRead & longarm.v1.SecretsRead.$Shape;
            static create(properties?: longarm.v1.SecretsRead.$Properties): longarm.v1.SecretsRead;

            /**
             * Encodes the specified SecretsRead message. Does not implicitly {@link longarm.v1.SecretsRead.verify|verify} messages.
             * @param message SecretsRead message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.SecretsRead.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SecretsRead message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.SecretsRead & longarm.v1.SecretsRead.$Shape} SecretsRead
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.SecretsRead & longarm.v1.SecretsRead.$Shape;
        }

        namespace SecretsRead {

            /** Properties of a SecretsRead. */
            interface $Properties {

                /** SecretsRead principal */
                principal?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SecretsRead. */
            type $Shape = longarm.v1.SecretsRead.$Properties;
        }

        /**
         * Properties of a Verdict.
         * @deprecated Use longarm.v1.Verdict.$Properties instead.
         */
        interface IVerdict extends longarm.v1.Verdict.$Properties {
        }

        /** Represents a Verdict. */
        class Verdict {

            /**
             * Constructs a new Verdict.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Verdict.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Verdict principal. */
            principal: string;

            /** Verdict note. */
            note: string;

            /**
             * Creates a new Verdict instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Verdict instance
             */
            static create(properties: longarm.v1.Verdict.$Shape): longarm.v1.Verdict & longarm.v1.Verdict.$Shape;
            static create(properties?: longarm.v1.Verdict.$Properties): longarm.v1.Verdict;

            /**
             * Encodes the specified Verdict message. Does not implicitly {@link longarm.v1.Verdict.verify|verify} messages.
             * @param message Verdict message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Verdict.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Verdict message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Verdict & longarm.v1.Verdict.$Shape} Verdict
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Verdict & longarm.v1.Verdict.$Shape;
        }

        namespace Verdict {

            /** Properties of a Verdict. */
            interface $Properties {

                /** Verdict principal */
                principal?: string;

                /** Verdict note */
                note?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Verdict. */
            type $Shape = longarm.v1.Verdict.$Properties;
        }

        /**
         * Properties of a StepBegun.
         * @deprecated Use longarm.v1.StepBegun.$Properties instead.
         */
        interface IStepBegun extends longarm.v1.StepBegun.$Properties {
        }

        /** Represents a StepBegun. */
        class StepBegun {

            /**
             * Constructs a new StepBegun.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.StepBegun.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StepBegun path. */
            path: string;

            /** StepBegun step. */
            step: string;

            /** StepBegun name. */
            name: string;

            /** StepBegun inputHash. */
            inputHash: Uint8Array;

            /** StepBegun input. */
            input: (string|null);

            /** StepBegun child. */
            child: (string|null);

            /** StepBegun untilMs. */
            untilMs: (number|null);

            /** StepBegun afterSequence. */
            afterSequence: (number|null);

            /**
             * Creates a new StepBegun instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StepBegun instance
             */
            static create(properties: longarm.v1.StepBegun.$Shape): longarm.v1.StepBegun & longarm.v1.StepBegun.$Shape;
            static create(properties?: longarm.v1.StepBegun.$Properties): longarm.v1.StepBegun;

            /**
             * Encodes the specified StepBegun message. Does not implicitly {@link longarm.v1.StepBegun.verify|verify} messages.
             * @param message StepBegun message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.StepBegun.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StepBegun message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.StepBegun & longarm.v1.StepBegun.$Shape} StepBegun
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.StepBegun & longarm.v1.StepBegun.$Shape;
        }

        namespace StepBegun {

            /** Properties of a StepBegun. */
            interface $Properties {

                /** StepBegun path */
                path?: string;

                /** StepBegun step */
                step?: string;

                /** StepBegun name */
                name?: string;

                /** StepBegun inputHash */
                inputHash?: Uint8Array;

                /** StepBegun input */
                input?: (string|null);

                /** StepBegun child */
                child?: (string|null);

                /** StepBegun untilMs */
                untilMs?: (number|null);

                /** StepBegun afterSequence */
                afterSequence?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StepBegun. */
            type $Shape = longarm.v1.StepBegun.$Properties;
        }

        /**
         * Properties of a StepEnded.
         * @deprecated Use longarm.v1.StepEnded.$Properties instead.
         */
        interface IStepEnded extends longarm.v1.StepEnded.$Properties {
        }

        /** Represents a StepEnded. */
        class StepEnded {

            /**
             * Constructs a new StepEnded.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.StepEnded.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StepEnded path. */
            path: string;

            /** StepEnded inline. */
            inline: (Uint8Array|null);

            /** StepEnded blob. */
            blob: (longarm.v1.BlobRef|null);

            /** StepEnded error. */
            error: (string|null);

            /** StepEnded atMs. */
            atMs: number;

            /** StepEnded output. */
            output?: ("inline"|"blob");

            /**
             * Creates a new StepEnded instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StepEnded instance
             */
            static create(properties: longarm.v1.StepEnded.$Shape): longarm.v1.StepEnded & longarm.v1.StepEnded.$Shape;
            static create(properties?: longarm.v1.StepEnded.$Properties): longarm.v1.StepEnded;

            /**
             * Encodes the specified StepEnded message. Does not implicitly {@link longarm.v1.StepEnded.verify|verify} messages.
             * @param message StepEnded message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.StepEnded.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StepEnded message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.StepEnded & longarm.v1.StepEnded.$Shape} StepEnded
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.StepEnded & longarm.v1.StepEnded.$Shape;
        }

        namespace StepEnded {

            /** Properties of a StepEnded. */
            interface $Properties {

                /** StepEnded path */
                path?: string;

                /** StepEnded inline */
                inline?: (Uint8Array|null);

                /** StepEnded blob */
                blob?: (longarm.v1.BlobRef.$Properties|null);

                /** StepEnded error */
                error?: (string|null);

                /** StepEnded atMs */
                atMs?: number;

                /** StepEnded output */
                output?: ("inline"|"blob");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a StepEnded. */
            type $Shape = {
              path?: string;
              inline?: Uint8Array|null;
              blob?: longarm.v1.BlobRef.$Shape|null;
              error?: string|null;
              atMs?: number;
              $unknowns?: Uint8Array[];
            } & (
              ({ output?: undefined; inline?: null; blob?: null }|{ output?: "inline"; inline: Uint8Array; blob?: null }|{ output?: "blob"; inline?: null; blob: longarm.v1.BlobRef.$Shape })
            );
        }

        /**
         * Properties of a KeptPage.
         * @deprecated Use longarm.v1.KeptPage.$Properties instead.
         */
        interface IKeptPage extends longarm.v1.KeptPage.$Properties {
        }

        /** Represents a KeptPage. */
        class KeptPage {

            /**
             * Constructs a new KeptPage.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.KeptPage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KeptPage ordinal. */
            ordinal: number;

            /** KeptPage next. */
            next: (string|null);

            /** KeptPage itemCount. */
            itemCount: number;

            /** KeptPage itemsBefore. */
            itemsBefore: number;

            /** KeptPage inline. */
            inline: (Uint8Array|null);

            /** KeptPage blob. */
            blob: (longarm.v1.BlobRef|null);

            /** KeptPage itemIds. */
            itemIds: string[];

            /** KeptPage droppedSoFar. */
            droppedSoFar: number;

            /** KeptPage truncated. */
            truncated: boolean;

            /** KeptPage items. */
            items?: ("inline"|"blob");

            /**
             * Creates a new KeptPage instance using the specified properties.
             * @param [properties] Properties to set
             * @returns KeptPage instance
             */
            static create(properties: longarm.v1.KeptPage.$Shape): longarm.v1.KeptPage & longarm.v1.KeptPage.$Shape;
            static create(properties?: longarm.v1.KeptPage.$Properties): longarm.v1.KeptPage;

            /**
             * Encodes the specified KeptPage message. Does not implicitly {@link longarm.v1.KeptPage.verify|verify} messages.
             * @param message KeptPage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.KeptPage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KeptPage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.KeptPage & longarm.v1.KeptPage.$Shape} KeptPage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.KeptPage & longarm.v1.KeptPage.$Shape;
        }

        namespace KeptPage {

            /** Properties of a KeptPage. */
            interface $Properties {

                /** KeptPage ordinal */
                ordinal?: number;

                /** KeptPage next */
                next?: (string|null);

                /** KeptPage itemCount */
                itemCount?: number;

                /** KeptPage itemsBefore */
                itemsBefore?: number;

                /** KeptPage inline */
                inline?: (Uint8Array|null);

                /** KeptPage blob */
                blob?: (longarm.v1.BlobRef.$Properties|null);

                /** KeptPage itemIds */
                itemIds?: string[];

                /** KeptPage droppedSoFar */
                droppedSoFar?: number;

                /** KeptPage truncated */
                truncated?: boolean;

                /** KeptPage items */
                items?: ("inline"|"blob");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a KeptPage. */
            type $Shape = {
              ordinal?: number;
              next?: string|null;
              itemCount?: number;
              itemsBefore?: number;
              inline?: Uint8Array|null;
              blob?: longarm.v1.BlobRef.$Shape|null;
              itemIds?: string[];
              droppedSoFar?: number;
              truncated?: boolean;
              $unknowns?: Uint8Array[];
            } & (
              ({ items?: undefined; inline?: null; blob?: null }|{ items?: "inline"; inline: Uint8Array; blob?: null }|{ items?: "blob"; inline?: null; blob: longarm.v1.BlobRef.$Shape })
            );
        }

        /**
         * Properties of a SignerRequest.
         * @deprecated Use longarm.v1.SignerRequest.$Properties instead.
         */
        interface ISignerRequest extends longarm.v1.SignerRequest.$Properties {
        }

        /** Represents a SignerRequest. */
        class SignerRequest {

            /**
             * Constructs a new SignerRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.SignerRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SignerRequest id. */
            id: number;

            /** SignerRequest hello. */
            hello: (longarm.v1.SignerHello|null);

            /** SignerRequest calls. */
            calls: (longarm.v1.SignCalls|null);

            /** SignerRequest other. */
            other: (longarm.v1.SignOther|null);

            /** SignerRequest ask. */
            ask?: ("hello"|"calls"|"other");

            /**
             * Creates a new SignerRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SignerRequest instance
             */
            static create(properties: longarm.v1.SignerRequest.$Shape): longarm.v1.SignerRequest & longarm.v1.SignerRequest.$Shape;
            static create(properties?: longarm.v1.SignerRequest.$Properties): longarm.v1.SignerRequest;

            /**
             * Encodes the specified SignerRequest message. Does not implicitly {@link longarm.v1.SignerRequest.verify|verify} messages.
             * @param message SignerRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.SignerRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignerRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.SignerRequest & longarm.v1.SignerRequest.$Shape} SignerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.SignerRequest & longarm.v1.SignerRequest.$Shape;
        }

        namespace SignerRequest {

            /** Properties of a SignerRequest. */
            interface $Properties {

                /** SignerRequest id */
                id?: number;

                /** SignerRequest hello */
                hello?: (longarm.v1.SignerHello.$Properties|null);

                /** SignerRequest calls */
                calls?: (longarm.v1.SignCalls.$Properties|null);

                /** SignerRequest other */
                other?: (longarm.v1.SignOther.$Properties|null);

                /** SignerRequest ask */
                ask?: ("hello"|"calls"|"other");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a SignerRequest. */
            type $Shape = {
              id?: number;
              hello?: longarm.v1.SignerHello.$Shape|null;
              calls?: longarm.v1.SignCalls.$Shape|null;
              other?: longarm.v1.SignOther.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ ask?: undefined; hello?: null; calls?: null; other?: null }|{ ask?: "hello"; hello: longarm.v1.SignerHello.$Shape; calls?: null; other?: null }|{ ask?: "calls"; hello?: null; calls: longarm.v1.SignCalls.$Shape; other?: null }|{ ask?: "other"; hello?: null; calls?: null; other: longarm.v1.SignOther.$Shape })
            );
        }

        /**
         * Properties of a SignerHello.
         * @deprecated Use longarm.v1.SignerHello.$Properties instead.
         */
        interface ISignerHello extends longarm.v1.SignerHello.$Properties {
        }

        /** Represents a SignerHello. */
        class SignerHello {

            /**
             * Constructs a new SignerHello.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.SignerHello.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new SignerHello instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SignerHello instance
             */
            static create(properties: longarm.v1.SignerHello.$Shape): longarm.v1.SignerHello & longarm.v1.SignerHello.$Shape;
            static create(properties?: longarm.v1.SignerHello.$Properties): longarm.v1.SignerHello;

            /**
             * Encodes the specified SignerHello message. Does not implicitly {@link longarm.v1.SignerHello.verify|verify} messages.
             * @param message SignerHello message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.SignerHello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignerHello message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.SignerHello & longarm.v1.SignerHello.$Shape} SignerHello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.SignerHello & longarm.v1.SignerHello.$Shape;
        }

        namespace SignerHello {

            /** Properties of a SignerHello. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SignerHello. */
            type $Shape = longarm.v1.SignerHello.$Properties;
        }

        /**
         * Properties of a SignCalls.
         * @deprecated Use longarm.v1.SignCalls.$Properties instead.
         */
        interface ISignCalls extends longarm.v1.SignCalls.$Properties {
        }

        /** Represents a SignCalls. */
        class SignCalls {

            /**
             * Constructs a new SignCalls.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.SignCalls.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SignCalls calls. */
            calls: Uint8Array[];

            /**
             * Creates a new SignCalls instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SignCalls instance
             */
            static create(properties: longarm.v1.SignCalls.$Shape): longarm.v1.SignCalls & longarm.v1.SignCalls.$Shape;
            static create(properties?: longarm.v1.SignCalls.$Properties): longarm.v1.SignCalls;

            /**
             * Encodes the specified SignCalls message. Does not implicitly {@link longarm.v1.SignCalls.verify|verify} messages.
             * @param message SignCalls message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.SignCalls.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignCalls message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.SignCalls & longarm.v1.SignCalls.$Shape} SignCalls
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.SignCalls & longarm.v1.SignCalls.$Shape;
        }

        namespace SignCalls {

            /** Properties of a SignCalls. */
            interface $Properties {

                /** SignCalls calls */
                calls?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SignCalls. */
            type $Shape = longarm.v1.SignCalls.$Properties;
        }

        /**
         * Properties of a SignOther.
         * @deprecated Use longarm.v1.SignOther.$Properties instead.
         */
        interface ISignOther extends longarm.v1.SignOther.$Properties {
        }

        /** Represents a SignOther. */
        class SignOther {

            /**
             * Constructs a new SignOther.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.SignOther.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SignOther purpose. */
            purpose: string;

            /** SignOther message. */
            message: Uint8Array;

            /**
             * Creates a new SignOther instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SignOther instance
             */
            static create(properties: longarm.v1.SignOther.$Shape): longarm.v1.SignOther & longarm.v1.SignOther.$Shape;
            static create(properties?: longarm.v1.SignOther.$Properties): longarm.v1.SignOther;

            /**
             * Encodes the specified SignOther message. Does not implicitly {@link longarm.v1.SignOther.verify|verify} messages.
             * @param message SignOther message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.SignOther.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignOther message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.SignOther & longarm.v1.SignOther.$Shape} SignOther
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.SignOther & longarm.v1.SignOther.$Shape;
        }

        namespace SignOther {

            /** Properties of a SignOther. */
            interface $Properties {

                /** SignOther purpose */
                purpose?: string;

                /** SignOther message */
                message?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SignOther. */
            type $Shape = longarm.v1.SignOther.$Properties;
        }

        /**
         * Properties of a SignerReply.
         * @deprecated Use longarm.v1.SignerReply.$Properties instead.
         */
        interface ISignerReply extends longarm.v1.SignerReply.$Properties {
        }

        /** Represents a SignerReply. */
        class SignerReply {

            /**
             * Constructs a new SignerReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.SignerReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SignerReply id. */
            id: number;

            /** SignerReply keys. */
            keys: (longarm.v1.SignerKeys|null);

            /** SignerReply signatures. */
            signatures: (longarm.v1.Signatures|null);

            /** SignerReply refused. */
            refused: (longarm.v1.ErrorBody|null);

            /** SignerReply reply. */
            reply?: ("keys"|"signatures"|"refused");

            /**
             * Creates a new SignerReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SignerReply instance
             */
            static create(properties: longarm.v1.SignerReply.$Shape): longarm.v1.SignerReply & longarm.v1.SignerReply.$Shape;
            static create(properties?: longarm.v1.SignerReply.$Properties): longarm.v1.SignerReply;

            /**
             * Encodes the specified SignerReply message. Does not implicitly {@link longarm.v1.SignerReply.verify|verify} messages.
             * @param message SignerReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.SignerReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignerReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.SignerReply & longarm.v1.SignerReply.$Shape} SignerReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.SignerReply & longarm.v1.SignerReply.$Shape;
        }

        namespace SignerReply {

            /** Properties of a SignerReply. */
            interface $Properties {

                /** SignerReply id */
                id?: number;

                /** SignerReply keys */
                keys?: (longarm.v1.SignerKeys.$Properties|null);

                /** SignerReply signatures */
                signatures?: (longarm.v1.Signatures.$Properties|null);

                /** SignerReply refused */
                refused?: (longarm.v1.ErrorBody.$Properties|null);

                /** SignerReply reply */
                reply?: ("keys"|"signatures"|"refused");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a SignerReply. */
            type $Shape = {
              id?: number;
              keys?: longarm.v1.SignerKeys.$Shape|null;
              signatures?: longarm.v1.Signatures.$Shape|null;
              refused?: longarm.v1.ErrorBody.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ reply?: undefined; keys?: null; signatures?: null; refused?: null }|{ reply?: "keys"; keys: longarm.v1.SignerKeys.$Shape; signatures?: null; refused?: null }|{ reply?: "signatures"; keys?: null; signatures: longarm.v1.Signatures.$Shape; refused?: null }|{ reply?: "refused"; keys?: null; signatures?: null; refused: longarm.v1.ErrorBody.$Shape })
            );
        }

        /**
         * Properties of a SignerKeys.
         * @deprecated Use longarm.v1.SignerKeys.$Properties instead.
         */
        interface ISignerKeys extends longarm.v1.SignerKeys.$Properties {
        }

        /** Represents a SignerKeys. */
        class SignerKeys {

            /**
             * Constructs a new SignerKeys.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.SignerKeys.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SignerKeys installation. */
            installation: longarm.v1.SignedInstallationKeys;

            /** SignerKeys sealing. */
            sealing: Uint8Array[];

            /**
             * Creates a new SignerKeys instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SignerKeys instance
             */
            static create(properties: longarm.v1.SignerKeys.$Shape): longarm.v1.SignerKeys & longarm.v1.SignerKeys.$Shape;
            static create(properties?: longarm.v1.SignerKeys.$Properties): longarm.v1.SignerKeys;

            /**
             * Encodes the specified SignerKeys message. Does not implicitly {@link longarm.v1.SignerKeys.verify|verify} messages.
             * @param message SignerKeys message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.SignerKeys.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignerKeys message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.SignerKeys & longarm.v1.SignerKeys.$Shape} SignerKeys
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.SignerKeys & longarm.v1.SignerKeys.$Shape;
        }

        namespace SignerKeys {

            /** Properties of a SignerKeys. */
            interface $Properties {

                /** SignerKeys installation */
                installation?: longarm.v1.SignedInstallationKeys.$Properties;

                /** SignerKeys sealing */
                sealing?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SignerKeys. */
            type $Shape = longarm.v1.SignerKeys.$Properties;
        }

        /**
         * Properties of a Signatures.
         * @deprecated Use longarm.v1.Signatures.$Properties instead.
         */
        interface ISignatures extends longarm.v1.Signatures.$Properties {
        }

        /** Represents a Signatures. */
        class Signatures {

            /**
             * Constructs a new Signatures.
             * @param [properties] Properties to set
             */
            constructor(properties?: longarm.v1.Signatures.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Signatures signatures. */
            signatures: Uint8Array[];

            /**
             * Creates a new Signatures instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Signatures instance
             */
            static create(properties: longarm.v1.Signatures.$Shape): longarm.v1.Signatures & longarm.v1.Signatures.$Shape;
            static create(properties?: longarm.v1.Signatures.$Properties): longarm.v1.Signatures;

            /**
             * Encodes the specified Signatures message. Does not implicitly {@link longarm.v1.Signatures.verify|verify} messages.
             * @param message Signatures message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: longarm.v1.Signatures.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Signatures message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {longarm.v1.Signatures & longarm.v1.Signatures.$Shape} Signatures
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): longarm.v1.Signatures & longarm.v1.Signatures.$Shape;
        }

        namespace Signatures {

            /** Properties of a Signatures. */
            interface $Properties {

                /** Signatures signatures */
                signatures?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Signatures. */
            type $Shape = longarm.v1.Signatures.$Properties;
        }
    }
}
