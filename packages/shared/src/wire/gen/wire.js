/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";
// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;
// Exported root namespace
const $root = $protobuf.roots["longarm"] || ($protobuf.roots["longarm"] = {});
export const longarm = $root.longarm = (() => {
    const longarm = {};
    longarm.v1 = (function() {
        const v1 = {};
        v1.Label = (function() {
            const Label = function (properties) {
                this.values = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Label.prototype.name = "";
            Label.prototype.values = $util.emptyArray;
            Label.prototype.list = false;
            Label.create = function(properties) {
                return new Label(properties);
            };
            Label.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.values != null && message.values.length)
                    for (let i = 0; i < message.values.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.values[i]);
                if (message.list != null && $Object.hasOwnProperty.call(message, "list") && message.list !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.list);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Label.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Label();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.values && message.values.length))
                                message.values = [];
                            message.values.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.list = value;
                            else
                                delete message.list;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Label;
        })();
        v1.Enrol = (function() {
            const Enrol = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Enrol.prototype.protocol = 0;
            Enrol.prototype.name = "";
            Enrol.prototype.facts = null;
            Enrol.prototype.slots = 0;
            Enrol.prototype.bootId = "";
            Enrol.prototype.nonce = "";
            Enrol.prototype.journalId = null;
            Enrol.prototype.keys = null;
            Enrol.prototype.proof = $util.newBuffer([]);
            Enrol.prototype.generation = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Enrol.prototype, "_journalId", {
                get: $util.oneOfGetter($oneOfFields = ["journalId"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Enrol.prototype, "_generation", {
                get: $util.oneOfGetter($oneOfFields = ["generation"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Enrol.create = function(properties) {
                return new Enrol(properties);
            };
            Enrol.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.protocol);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.facts != null && $Object.hasOwnProperty.call(message, "facts"))
                    $root.longarm.v1.StableFacts.encode(message.facts, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.slots != null && $Object.hasOwnProperty.call(message, "slots") && message.slots !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.slots);
                if (message.bootId != null && $Object.hasOwnProperty.call(message, "bootId") && message.bootId !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.bootId);
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.nonce);
                if (message.journalId != null && $Object.hasOwnProperty.call(message, "journalId"))
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.journalId);
                if (message.keys != null && $Object.hasOwnProperty.call(message, "keys"))
                    $root.longarm.v1.AgentKeys.encode(message.keys, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.proof != null && $Object.hasOwnProperty.call(message, "proof") && message.proof.length)
                    writer.uint32(/* id 11, wireType 2 =*/90).bytes(message.proof);
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation"))
                    writer.uint32(/* id 12, wireType 0 =*/96).uint32(message.generation);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Enrol.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Enrol();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.facts = $root.longarm.v1.StableFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.facts);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.slots = value;
                            else
                                delete message.slots;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.bootId = value;
                            else
                                delete message.bootId;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.journalId = reader.stringVerify();
                            message._journalId = "journalId";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.keys = $root.longarm.v1.AgentKeys.decode(reader, reader.size(), $undefined, _depth + 1, message.keys);
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.proof = value;
                            else
                                delete message.proof;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            message.generation = reader.uint32();
                            message._generation = "generation";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Enrol;
        })();
        v1.AgentKeys = (function() {
            const AgentKeys = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            AgentKeys.prototype.identity = $util.newBuffer([]);
            AgentKeys.prototype.signing = $util.newBuffer([]);
            AgentKeys.prototype.sealing = $util.newBuffer([]);
            AgentKeys.create = function(properties) {
                return new AgentKeys(properties);
            };
            AgentKeys.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.identity != null && $Object.hasOwnProperty.call(message, "identity") && message.identity.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.identity);
                if (message.signing != null && $Object.hasOwnProperty.call(message, "signing") && message.signing.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.signing);
                if (message.sealing != null && $Object.hasOwnProperty.call(message, "sealing") && message.sealing.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.sealing);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            AgentKeys.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.AgentKeys();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.identity = value;
                            else
                                delete message.identity;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signing = value;
                            else
                                delete message.signing;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sealing = value;
                            else
                                delete message.sealing;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return AgentKeys;
        })();
        v1.InstallationKeys = (function() {
            const InstallationKeys = function (properties) {
                this.signing = [];
                this.sealing = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            InstallationKeys.prototype.root = $util.newBuffer([]);
            InstallationKeys.prototype.serial = 0;
            InstallationKeys.prototype.signing = $util.emptyArray;
            InstallationKeys.prototype.sealing = $util.emptyArray;
            InstallationKeys.create = function(properties) {
                return new InstallationKeys(properties);
            };
            InstallationKeys.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.root != null && $Object.hasOwnProperty.call(message, "root") && message.root.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.root);
                if (message.serial != null && $Object.hasOwnProperty.call(message, "serial") && !$Object.is(message.serial, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.serial);
                if (message.signing != null && message.signing.length)
                    for (let i = 0; i < message.signing.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.signing[i]);
                if (message.sealing != null && message.sealing.length)
                    for (let i = 0; i < message.sealing.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.sealing[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            InstallationKeys.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.InstallationKeys();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.root = value;
                            else
                                delete message.root;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.serial = value;
                            else
                                delete message.serial;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.signing && message.signing.length))
                                message.signing = [];
                            message.signing.push(reader.bytes());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.sealing && message.sealing.length))
                                message.sealing = [];
                            message.sealing.push(reader.bytes());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return InstallationKeys;
        })();
        v1.SignedInstallationKeys = (function() {
            const SignedInstallationKeys = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            SignedInstallationKeys.prototype.keys = $util.newBuffer([]);
            SignedInstallationKeys.prototype.signature = $util.newBuffer([]);
            SignedInstallationKeys.create = function(properties) {
                return new SignedInstallationKeys(properties);
            };
            SignedInstallationKeys.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.keys != null && $Object.hasOwnProperty.call(message, "keys") && message.keys.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.keys);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            SignedInstallationKeys.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.SignedInstallationKeys();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.keys = value;
                            else
                                delete message.keys;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return SignedInstallationKeys;
        })();
        v1.Granted = (function() {
            const Granted = function (properties) {
                this.labels = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Granted.prototype.labels = $util.emptyArray;
            Granted.prototype.desired = "";
            Granted.create = function(properties) {
                return new Granted(properties);
            };
            Granted.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.labels != null && message.labels.length)
                    for (let i = 0; i < message.labels.length; ++i)
                        $root.longarm.v1.Label.encode(message.labels[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.desired != null && $Object.hasOwnProperty.call(message, "desired") && message.desired !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.desired);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Granted.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Granted();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.labels && message.labels.length))
                                message.labels = [];
                            message.labels.push($root.longarm.v1.Label.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.desired = value;
                            else
                                delete message.desired;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Granted;
        })();
        v1.Enrolled = (function() {
            const Enrolled = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Enrolled.prototype.controllerId = "";
            Enrolled.prototype.nonce = "";
            Enrolled.prototype.protocolMin = 0;
            Enrolled.prototype.protocolMax = 0;
            Enrolled.prototype.nowMs = 0;
            Enrolled.prototype.granted = null;
            Enrolled.prototype.refused = null;
            Enrolled.prototype.installation = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(Enrolled.prototype, "answer", {
                get: $util.oneOfGetter($oneOfFields = ["granted", "refused"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Enrolled.create = function(properties) {
                return new Enrolled(properties);
            };
            Enrolled.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId") && message.controllerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.controllerId);
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.nonce);
                if (message.protocolMin != null && $Object.hasOwnProperty.call(message, "protocolMin") && message.protocolMin !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.protocolMin);
                if (message.protocolMax != null && $Object.hasOwnProperty.call(message, "protocolMax") && message.protocolMax !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.protocolMax);
                if (message.nowMs != null && $Object.hasOwnProperty.call(message, "nowMs") && !$Object.is(message.nowMs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.nowMs);
                if (message.granted != null && $Object.hasOwnProperty.call(message, "granted"))
                    $root.longarm.v1.Granted.encode(message.granted, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                    $root.longarm.v1.ErrorBody.encode(message.refused, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.installation != null && $Object.hasOwnProperty.call(message, "installation"))
                    $root.longarm.v1.SignedInstallationKeys.encode(message.installation, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Enrolled.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Enrolled();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.controllerId = value;
                            else
                                delete message.controllerId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocolMin = value;
                            else
                                delete message.protocolMin;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocolMax = value;
                            else
                                delete message.protocolMax;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.nowMs = value;
                            else
                                delete message.nowMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.granted = $root.longarm.v1.Granted.decode(reader, reader.size(), $undefined, _depth + 1, message.granted);
                            message.answer = "granted";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.refused = $root.longarm.v1.ErrorBody.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                            message.answer = "refused";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.installation = $root.longarm.v1.SignedInstallationKeys.decode(reader, reader.size(), $undefined, _depth + 1, message.installation);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Enrolled;
        })();
        v1.Reach = (function() {
            const Reach = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Reach.prototype.connection = "";
            Reach.prototype.ms = 0;
            Reach.create = function(properties) {
                return new Reach(properties);
            };
            Reach.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.connection != null && $Object.hasOwnProperty.call(message, "connection") && message.connection !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.connection);
                if (message.ms != null && $Object.hasOwnProperty.call(message, "ms") && !$Object.is(message.ms, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.ms);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Reach.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Reach();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.connection = value;
                            else
                                delete message.connection;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.ms = value;
                            else
                                delete message.ms;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Reach;
        })();
        v1.Beat = (function() {
            const Beat = function (properties) {
                this.reach = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Beat.prototype.bootId = "";
            Beat.prototype.seq = 0;
            Beat.prototype.slotsTotal = 0;
            Beat.prototype.slotsFree = 0;
            Beat.prototype.load = 0;
            Beat.prototype.loopLagMs = 0;
            Beat.prototype.reach = $util.emptyArray;
            Beat.prototype.facts = null;
            Beat.prototype.state = "";
            Beat.prototype.openCalls = 0;
            Beat.prototype.journalId = null;
            Beat.prototype.journalState = null;
            Beat.prototype.policyHash = null;
            Beat.prototype.policyStale = false;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Beat.prototype, "_journalId", {
                get: $util.oneOfGetter($oneOfFields = ["journalId"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Beat.prototype, "_journalState", {
                get: $util.oneOfGetter($oneOfFields = ["journalState"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Beat.prototype, "_policyHash", {
                get: $util.oneOfGetter($oneOfFields = ["policyHash"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Beat.create = function(properties) {
                return new Beat(properties);
            };
            Beat.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.bootId != null && $Object.hasOwnProperty.call(message, "bootId") && message.bootId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.bootId);
                if (message.seq != null && $Object.hasOwnProperty.call(message, "seq") && !$Object.is(message.seq, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.seq);
                if (message.slotsTotal != null && $Object.hasOwnProperty.call(message, "slotsTotal") && message.slotsTotal !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.slotsTotal);
                if (message.slotsFree != null && $Object.hasOwnProperty.call(message, "slotsFree") && message.slotsFree !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.slotsFree);
                if (message.load != null && $Object.hasOwnProperty.call(message, "load") && !$Object.is(message.load, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.load);
                if (message.loopLagMs != null && $Object.hasOwnProperty.call(message, "loopLagMs") && !$Object.is(message.loopLagMs, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.loopLagMs);
                if (message.reach != null && message.reach.length)
                    for (let i = 0; i < message.reach.length; ++i)
                        $root.longarm.v1.Reach.encode(message.reach[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.facts != null && $Object.hasOwnProperty.call(message, "facts"))
                    $root.longarm.v1.StableFacts.encode(message.facts, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.state);
                if (message.openCalls != null && $Object.hasOwnProperty.call(message, "openCalls") && message.openCalls !== 0)
                    writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.openCalls);
                if (message.journalId != null && $Object.hasOwnProperty.call(message, "journalId"))
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.journalId);
                if (message.journalState != null && $Object.hasOwnProperty.call(message, "journalState"))
                    writer.uint32(/* id 12, wireType 2 =*/98).string(message.journalState);
                if (message.policyHash != null && $Object.hasOwnProperty.call(message, "policyHash"))
                    writer.uint32(/* id 20, wireType 2 =*/162).string(message.policyHash);
                if (message.policyStale != null && $Object.hasOwnProperty.call(message, "policyStale") && message.policyStale !== false)
                    writer.uint32(/* id 21, wireType 0 =*/168).bool(message.policyStale);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Beat.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Beat();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.bootId = value;
                            else
                                delete message.bootId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.seq = value;
                            else
                                delete message.seq;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.slotsTotal = value;
                            else
                                delete message.slotsTotal;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.slotsFree = value;
                            else
                                delete message.slotsFree;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.load = value;
                            else
                                delete message.load;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.loopLagMs = value;
                            else
                                delete message.loopLagMs;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.reach && message.reach.length))
                                message.reach = [];
                            message.reach.push($root.longarm.v1.Reach.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.facts = $root.longarm.v1.StableFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.facts);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.openCalls = value;
                            else
                                delete message.openCalls;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.journalId = reader.stringVerify();
                            message._journalId = "journalId";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.journalState = reader.stringVerify();
                            message._journalState = "journalState";
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.policyHash = reader.stringVerify();
                            message._policyHash = "policyHash";
                            continue;
                        }
                    case 21: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.policyStale = value;
                            else
                                delete message.policyStale;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Beat;
        })();
        v1.Desired = (function() {
            const Desired = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Desired.prototype.controllerId = "";
            Desired.prototype.state = null;
            Desired.prototype.enrol = false;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Desired.prototype, "_state", {
                get: $util.oneOfGetter($oneOfFields = ["state"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Desired.create = function(properties) {
                return new Desired(properties);
            };
            Desired.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId") && message.controllerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.controllerId);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.state);
                if (message.enrol != null && $Object.hasOwnProperty.call(message, "enrol") && message.enrol !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.enrol);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Desired.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Desired();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.controllerId = value;
                            else
                                delete message.controllerId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.state = reader.stringVerify();
                            message._state = "state";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.enrol = value;
                            else
                                delete message.enrol;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Desired;
        })();
        v1.Pair = (function() {
            const Pair = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Pair.prototype.name = "";
            Pair.prototype.value = "";
            Pair.create = function(properties) {
                return new Pair(properties);
            };
            Pair.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Pair.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Pair();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Pair;
        })();
        v1.ErrorBody = (function() {
            const ErrorBody = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            ErrorBody.prototype.code = "";
            ErrorBody.prototype.message = "";
            ErrorBody.prototype.retryable = false;
            ErrorBody.prototype.details = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ErrorBody.prototype, "_details", {
                get: $util.oneOfGetter($oneOfFields = ["details"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            ErrorBody.create = function(properties) {
                return new ErrorBody(properties);
            };
            ErrorBody.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.retryable != null && $Object.hasOwnProperty.call(message, "retryable") && message.retryable !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.retryable);
                if (message.details != null && $Object.hasOwnProperty.call(message, "details"))
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.details);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            ErrorBody.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.ErrorBody();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.retryable = value;
                            else
                                delete message.retryable;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.details = reader.stringVerify();
                            message._details = "details";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return ErrorBody;
        })();
        v1.Auth = (function() {
            const Auth = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Auth.prototype.none = null;
            Auth.prototype.ssws = null;
            Auth.prototype.oauth = null;
            Auth.prototype.reference = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(Auth.prototype, "scheme", {
                get: $util.oneOfGetter($oneOfFields = ["none", "ssws", "oauth", "reference"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Auth.create = function(properties) {
                return new Auth(properties);
            };
            Auth.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.none != null && $Object.hasOwnProperty.call(message, "none"))
                    $root.longarm.v1.NoAuth.encode(message.none, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.ssws != null && $Object.hasOwnProperty.call(message, "ssws"))
                    $root.longarm.v1.SswsAuth.encode(message.ssws, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.oauth != null && $Object.hasOwnProperty.call(message, "oauth"))
                    $root.longarm.v1.OAuthAuth.encode(message.oauth, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.reference != null && $Object.hasOwnProperty.call(message, "reference"))
                    $root.longarm.v1.ReferenceAuth.encode(message.reference, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Auth.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Auth();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.none = $root.longarm.v1.NoAuth.decode(reader, reader.size(), $undefined, _depth + 1, message.none);
                            message.scheme = "none";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.ssws = $root.longarm.v1.SswsAuth.decode(reader, reader.size(), $undefined, _depth + 1, message.ssws);
                            message.scheme = "ssws";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.oauth = $root.longarm.v1.OAuthAuth.decode(reader, reader.size(), $undefined, _depth + 1, message.oauth);
                            message.scheme = "oauth";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.reference = $root.longarm.v1.ReferenceAuth.decode(reader, reader.size(), $undefined, _depth + 1, message.reference);
                            message.scheme = "reference";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Auth;
        })();
        v1.NoAuth = (function() {
            const NoAuth = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            NoAuth.create = function(properties) {
                return new NoAuth(properties);
            };
            NoAuth.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            NoAuth.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.NoAuth();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return NoAuth;
        })();
        v1.SswsAuth = (function() {
            const SswsAuth = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            SswsAuth.prototype.token = $util.newBuffer([]);
            SswsAuth.create = function(properties) {
                return new SswsAuth(properties);
            };
            SswsAuth.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.token != null && $Object.hasOwnProperty.call(message, "token") && message.token.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.token);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            SswsAuth.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.SswsAuth();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.token = value;
                            else
                                delete message.token;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return SswsAuth;
        })();
        v1.OAuthAuth = (function() {
            const OAuthAuth = function (properties) {
                this.scopes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            OAuthAuth.prototype.clientId = "";
            OAuthAuth.prototype.privateKey = $util.newBuffer([]);
            OAuthAuth.prototype.keyId = null;
            OAuthAuth.prototype.scopes = $util.emptyArray;
            OAuthAuth.prototype.tokenPath = "";
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(OAuthAuth.prototype, "_keyId", {
                get: $util.oneOfGetter($oneOfFields = ["keyId"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            OAuthAuth.create = function(properties) {
                return new OAuthAuth(properties);
            };
            OAuthAuth.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.clientId != null && $Object.hasOwnProperty.call(message, "clientId") && message.clientId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.clientId);
                if (message.privateKey != null && $Object.hasOwnProperty.call(message, "privateKey") && message.privateKey.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.privateKey);
                if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.keyId);
                if (message.scopes != null && message.scopes.length)
                    for (let i = 0; i < message.scopes.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.scopes[i]);
                if (message.tokenPath != null && $Object.hasOwnProperty.call(message, "tokenPath") && message.tokenPath !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.tokenPath);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            OAuthAuth.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.OAuthAuth();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clientId = value;
                            else
                                delete message.clientId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.privateKey = value;
                            else
                                delete message.privateKey;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.keyId = reader.stringVerify();
                            message._keyId = "keyId";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.scopes && message.scopes.length))
                                message.scopes = [];
                            message.scopes.push(reader.stringVerify());
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.tokenPath = value;
                            else
                                delete message.tokenPath;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return OAuthAuth;
        })();
        v1.ReferenceAuth = (function() {
            const ReferenceAuth = function (properties) {
                this.scopes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            ReferenceAuth.prototype.name = "";
            ReferenceAuth.prototype.scopes = $util.emptyArray;
            ReferenceAuth.prototype.tokenPath = "";
            ReferenceAuth.create = function(properties) {
                return new ReferenceAuth(properties);
            };
            ReferenceAuth.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.scopes != null && message.scopes.length)
                    for (let i = 0; i < message.scopes.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.scopes[i]);
                if (message.tokenPath != null && $Object.hasOwnProperty.call(message, "tokenPath") && message.tokenPath !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.tokenPath);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            ReferenceAuth.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.ReferenceAuth();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.scopes && message.scopes.length))
                                message.scopes = [];
                            message.scopes.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.tokenPath = value;
                            else
                                delete message.tokenPath;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return ReferenceAuth;
        })();
        v1.Follow = (function() {
            const Follow = function (properties) {
                this.repeats = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Follow.prototype.resumeAt = null;
            Follow.prototype.pagesAhead = 0;
            Follow.prototype.windowBytes = 0;
            Follow.prototype.repeats = $util.emptyArray;
            Follow.prototype.pollMs = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Follow.prototype, "_resumeAt", {
                get: $util.oneOfGetter($oneOfFields = ["resumeAt"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Follow.prototype, "_pollMs", {
                get: $util.oneOfGetter($oneOfFields = ["pollMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Follow.create = function(properties) {
                return new Follow(properties);
            };
            Follow.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.resumeAt != null && $Object.hasOwnProperty.call(message, "resumeAt"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.resumeAt);
                if (message.pagesAhead != null && $Object.hasOwnProperty.call(message, "pagesAhead") && message.pagesAhead !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.pagesAhead);
                if (message.windowBytes != null && $Object.hasOwnProperty.call(message, "windowBytes") && message.windowBytes !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.windowBytes);
                if (message.repeats != null && message.repeats.length)
                    for (let i = 0; i < message.repeats.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.repeats[i]);
                if (message.pollMs != null && $Object.hasOwnProperty.call(message, "pollMs"))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.pollMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Follow.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Follow();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.resumeAt = reader.stringVerify();
                            message._resumeAt = "resumeAt";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pagesAhead = value;
                            else
                                delete message.pagesAhead;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.windowBytes = value;
                            else
                                delete message.windowBytes;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.repeats && message.repeats.length))
                                message.repeats = [];
                            message.repeats.push(reader.stringVerify());
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            message.pollMs = reader.uint32();
                            message._pollMs = "pollMs";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Follow;
        })();
        v1.Check = (function() {
            const Check = function (properties) {
                this.targetAddresses = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Check.prototype.selector = null;
            Check.prototype.connection = "";
            Check.prototype.targetHost = "";
            Check.prototype.targetAddresses = $util.emptyArray;
            Check.prototype.facts = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Check.prototype, "_selector", {
                get: $util.oneOfGetter($oneOfFields = ["selector"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Check.create = function(properties) {
                return new Check(properties);
            };
            Check.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.selector != null && $Object.hasOwnProperty.call(message, "selector"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.selector);
                if (message.connection != null && $Object.hasOwnProperty.call(message, "connection") && message.connection !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.connection);
                if (message.targetHost != null && $Object.hasOwnProperty.call(message, "targetHost") && message.targetHost !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.targetHost);
                if (message.targetAddresses != null && message.targetAddresses.length)
                    for (let i = 0; i < message.targetAddresses.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.targetAddresses[i]);
                if (message.facts != null && $Object.hasOwnProperty.call(message, "facts"))
                    $root.longarm.v1.StableFacts.encode(message.facts, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Check.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Check();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.selector = reader.stringVerify();
                            message._selector = "selector";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.connection = value;
                            else
                                delete message.connection;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.targetHost = value;
                            else
                                delete message.targetHost;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.targetAddresses && message.targetAddresses.length))
                                message.targetAddresses = [];
                            message.targetAddresses.push(reader.stringVerify());
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.facts = $root.longarm.v1.StableFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.facts);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Check;
        })();
        v1.StableFacts = (function() {
            const StableFacts = function (properties) {
                this.addresses = [];
                this.credentials = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            StableFacts.prototype.os = "";
            StableFacts.prototype.arch = "";
            StableFacts.prototype.version = "";
            StableFacts.prototype.hostname = "";
            StableFacts.prototype.addresses = $util.emptyArray;
            StableFacts.prototype.credentials = $util.emptyArray;
            StableFacts.create = function(properties) {
                return new StableFacts(properties);
            };
            StableFacts.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.os != null && $Object.hasOwnProperty.call(message, "os") && message.os !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.os);
                if (message.arch != null && $Object.hasOwnProperty.call(message, "arch") && message.arch !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.arch);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.version);
                if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.hostname);
                if (message.addresses != null && message.addresses.length)
                    for (let i = 0; i < message.addresses.length; ++i)
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.addresses[i]);
                if (message.credentials != null && message.credentials.length)
                    for (let i = 0; i < message.credentials.length; ++i)
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.credentials[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            StableFacts.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.StableFacts();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.os = value;
                            else
                                delete message.os;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.arch = value;
                            else
                                delete message.arch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.hostname = value;
                            else
                                delete message.hostname;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.addresses && message.addresses.length))
                                message.addresses = [];
                            message.addresses.push(reader.stringVerify());
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.credentials && message.credentials.length))
                                message.credentials = [];
                            message.credentials.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return StableFacts;
        })();
        v1.Credit = (function() {
            const Credit = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Credit.prototype.bytes = 0;
            Credit.prototype.pages = 0;
            Credit.create = function(properties) {
                return new Credit(properties);
            };
            Credit.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && message.bytes !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.bytes);
                if (message.pages != null && $Object.hasOwnProperty.call(message, "pages") && message.pages !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.pages);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Credit.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Credit();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.bytes = value;
                            else
                                delete message.bytes;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pages = value;
                            else
                                delete message.pages;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Credit;
        })();
        v1.Call = (function() {
            const Call = function (properties) {
                this.query = [];
                this.headers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Call.prototype.protocol = 0;
            Call.prototype.controllerId = "";
            Call.prototype.channel = 0;
            Call.prototype.runId = "";
            Call.prototype.callId = "";
            Call.prototype.attempt = 0;
            Call.prototype.effect = "";
            Call.prototype.method = "";
            Call.prototype.baseUrl = "";
            Call.prototype.path = "";
            Call.prototype.query = $util.emptyArray;
            Call.prototype.headers = $util.emptyArray;
            Call.prototype.body = null;
            Call.prototype.bodyBytes = 0;
            Call.prototype.auth = null;
            Call.prototype.timeoutMs = 0;
            Call.prototype.notAfterMs = 0;
            Call.prototype.maxResponseBytes = 0;
            Call.prototype.follow = null;
            Call.prototype.credit = null;
            Call.prototype.check = null;
            Call.prototype.journalId = null;
            Call.prototype.audience = "";
            Call.prototype.bootId = "";
            Call.prototype.epoch = 0;
            Call.prototype.replyKey = $util.newBuffer([]);
            Call.prototype.bodySha256 = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Call.prototype, "_body", {
                get: $util.oneOfGetter($oneOfFields = ["body"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Call.prototype, "_journalId", {
                get: $util.oneOfGetter($oneOfFields = ["journalId"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Call.prototype, "_bodySha256", {
                get: $util.oneOfGetter($oneOfFields = ["bodySha256"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Call.create = function(properties) {
                return new Call(properties);
            };
            Call.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.protocol);
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId") && message.controllerId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.controllerId);
                if (message.channel != null && $Object.hasOwnProperty.call(message, "channel") && message.channel !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.channel);
                if (message.runId != null && $Object.hasOwnProperty.call(message, "runId") && message.runId !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.runId);
                if (message.callId != null && $Object.hasOwnProperty.call(message, "callId") && message.callId !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.callId);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.attempt);
                if (message.effect != null && $Object.hasOwnProperty.call(message, "effect") && message.effect !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.effect);
                if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.method);
                if (message.baseUrl != null && $Object.hasOwnProperty.call(message, "baseUrl") && message.baseUrl !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.baseUrl);
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.path);
                if (message.query != null && message.query.length)
                    for (let i = 0; i < message.query.length; ++i)
                        $root.longarm.v1.Pair.encode(message.query[i], writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.headers != null && message.headers.length)
                    for (let i = 0; i < message.headers.length; ++i)
                        $root.longarm.v1.Pair.encode(message.headers[i], writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.body != null && $Object.hasOwnProperty.call(message, "body"))
                    writer.uint32(/* id 13, wireType 2 =*/106).bytes(message.body);
                if (message.bodyBytes != null && $Object.hasOwnProperty.call(message, "bodyBytes") && message.bodyBytes !== 0)
                    writer.uint32(/* id 14, wireType 0 =*/112).uint32(message.bodyBytes);
                if (message.auth != null && $Object.hasOwnProperty.call(message, "auth"))
                    $root.longarm.v1.Auth.encode(message.auth, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.timeoutMs != null && $Object.hasOwnProperty.call(message, "timeoutMs") && message.timeoutMs !== 0)
                    writer.uint32(/* id 16, wireType 0 =*/128).uint32(message.timeoutMs);
                if (message.notAfterMs != null && $Object.hasOwnProperty.call(message, "notAfterMs") && !$Object.is(message.notAfterMs, 0))
                    writer.uint32(/* id 17, wireType 1 =*/137).double(message.notAfterMs);
                if (message.maxResponseBytes != null && $Object.hasOwnProperty.call(message, "maxResponseBytes") && !$Object.is(message.maxResponseBytes, 0))
                    writer.uint32(/* id 18, wireType 1 =*/145).double(message.maxResponseBytes);
                if (message.follow != null && $Object.hasOwnProperty.call(message, "follow"))
                    $root.longarm.v1.Follow.encode(message.follow, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.credit != null && $Object.hasOwnProperty.call(message, "credit"))
                    $root.longarm.v1.Credit.encode(message.credit, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.check != null && $Object.hasOwnProperty.call(message, "check"))
                    $root.longarm.v1.Check.encode(message.check, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
                if (message.journalId != null && $Object.hasOwnProperty.call(message, "journalId"))
                    writer.uint32(/* id 22, wireType 2 =*/178).string(message.journalId);
                if (message.audience != null && $Object.hasOwnProperty.call(message, "audience") && message.audience !== "")
                    writer.uint32(/* id 23, wireType 2 =*/186).string(message.audience);
                if (message.bootId != null && $Object.hasOwnProperty.call(message, "bootId") && message.bootId !== "")
                    writer.uint32(/* id 24, wireType 2 =*/194).string(message.bootId);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== 0)
                    writer.uint32(/* id 25, wireType 0 =*/200).uint32(message.epoch);
                if (message.replyKey != null && $Object.hasOwnProperty.call(message, "replyKey") && message.replyKey.length)
                    writer.uint32(/* id 26, wireType 2 =*/210).bytes(message.replyKey);
                if (message.bodySha256 != null && $Object.hasOwnProperty.call(message, "bodySha256"))
                    writer.uint32(/* id 27, wireType 2 =*/218).bytes(message.bodySha256);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Call.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Call();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.controllerId = value;
                            else
                                delete message.controllerId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.channel = value;
                            else
                                delete message.channel;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runId = value;
                            else
                                delete message.runId;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.callId = value;
                            else
                                delete message.callId;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.effect = value;
                            else
                                delete message.effect;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.method = value;
                            else
                                delete message.method;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.baseUrl = value;
                            else
                                delete message.baseUrl;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if (!(message.query && message.query.length))
                                message.query = [];
                            message.query.push($root.longarm.v1.Pair.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if (!(message.headers && message.headers.length))
                                message.headers = [];
                            message.headers.push($root.longarm.v1.Pair.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.body = reader.bytes();
                            message._body = "body";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.bodyBytes = value;
                            else
                                delete message.bodyBytes;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.auth = $root.longarm.v1.Auth.decode(reader, reader.size(), $undefined, _depth + 1, message.auth);
                            continue;
                        }
                    case 16: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.timeoutMs = value;
                            else
                                delete message.timeoutMs;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.notAfterMs = value;
                            else
                                delete message.notAfterMs;
                            continue;
                        }
                    case 18: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.maxResponseBytes = value;
                            else
                                delete message.maxResponseBytes;
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            message.follow = $root.longarm.v1.Follow.decode(reader, reader.size(), $undefined, _depth + 1, message.follow);
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.credit = $root.longarm.v1.Credit.decode(reader, reader.size(), $undefined, _depth + 1, message.credit);
                            continue;
                        }
                    case 21: {
                            if (wireType !== 2)
                                break;
                            message.check = $root.longarm.v1.Check.decode(reader, reader.size(), $undefined, _depth + 1, message.check);
                            continue;
                        }
                    case 22: {
                            if (wireType !== 2)
                                break;
                            message.journalId = reader.stringVerify();
                            message._journalId = "journalId";
                            continue;
                        }
                    case 23: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.audience = value;
                            else
                                delete message.audience;
                            continue;
                        }
                    case 24: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.bootId = value;
                            else
                                delete message.bootId;
                            continue;
                        }
                    case 25: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 26: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.replyKey = value;
                            else
                                delete message.replyKey;
                            continue;
                        }
                    case 27: {
                            if (wireType !== 2)
                                break;
                            message.bodySha256 = reader.bytes();
                            message._bodySha256 = "bodySha256";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Call;
        })();
        v1.RateLimit = (function() {
            const RateLimit = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            RateLimit.prototype.limit = 0;
            RateLimit.prototype.remaining = 0;
            RateLimit.prototype.reset = 0;
            RateLimit.prototype.date = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(RateLimit.prototype, "_date", {
                get: $util.oneOfGetter($oneOfFields = ["date"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            RateLimit.create = function(properties) {
                return new RateLimit(properties);
            };
            RateLimit.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.limit != null && $Object.hasOwnProperty.call(message, "limit") && !$Object.is(message.limit, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.limit);
                if (message.remaining != null && $Object.hasOwnProperty.call(message, "remaining") && !$Object.is(message.remaining, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.remaining);
                if (message.reset != null && $Object.hasOwnProperty.call(message, "reset") && !$Object.is(message.reset, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.reset);
                if (message.date != null && $Object.hasOwnProperty.call(message, "date"))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.date);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            RateLimit.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.RateLimit();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.limit = value;
                            else
                                delete message.limit;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.remaining = value;
                            else
                                delete message.remaining;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.reset = value;
                            else
                                delete message.reset;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            message.date = reader.double();
                            message._date = "date";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return RateLimit;
        })();
        v1.CallRecord = (function() {
            const CallRecord = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            CallRecord.prototype.method = "";
            CallRecord.prototype.path = "";
            CallRecord.prototype.status = null;
            CallRecord.prototype.sentAt = 0;
            CallRecord.prototype.headMs = null;
            CallRecord.prototype.totalMs = null;
            CallRecord.prototype.requestBytes = 0;
            CallRecord.prototype.responseBytes = 0;
            CallRecord.prototype.oktaRequestId = null;
            CallRecord.prototype.rateLimit = null;
            CallRecord.prototype.policyHash = null;
            CallRecord.prototype.policyRule = null;
            CallRecord.prototype.journalId = null;
            CallRecord.prototype.journalHash = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CallRecord.prototype, "_status", {
                get: $util.oneOfGetter($oneOfFields = ["status"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CallRecord.prototype, "_headMs", {
                get: $util.oneOfGetter($oneOfFields = ["headMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CallRecord.prototype, "_totalMs", {
                get: $util.oneOfGetter($oneOfFields = ["totalMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CallRecord.prototype, "_oktaRequestId", {
                get: $util.oneOfGetter($oneOfFields = ["oktaRequestId"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CallRecord.prototype, "_policyHash", {
                get: $util.oneOfGetter($oneOfFields = ["policyHash"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CallRecord.prototype, "_policyRule", {
                get: $util.oneOfGetter($oneOfFields = ["policyRule"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CallRecord.prototype, "_journalId", {
                get: $util.oneOfGetter($oneOfFields = ["journalId"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CallRecord.prototype, "_journalHash", {
                get: $util.oneOfGetter($oneOfFields = ["journalHash"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            CallRecord.create = function(properties) {
                return new CallRecord(properties);
            };
            CallRecord.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.method);
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.path);
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.status);
                if (message.sentAt != null && $Object.hasOwnProperty.call(message, "sentAt") && !$Object.is(message.sentAt, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.sentAt);
                if (message.headMs != null && $Object.hasOwnProperty.call(message, "headMs"))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.headMs);
                if (message.totalMs != null && $Object.hasOwnProperty.call(message, "totalMs"))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.totalMs);
                if (message.requestBytes != null && $Object.hasOwnProperty.call(message, "requestBytes") && !$Object.is(message.requestBytes, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.requestBytes);
                if (message.responseBytes != null && $Object.hasOwnProperty.call(message, "responseBytes") && !$Object.is(message.responseBytes, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.responseBytes);
                if (message.oktaRequestId != null && $Object.hasOwnProperty.call(message, "oktaRequestId"))
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.oktaRequestId);
                if (message.rateLimit != null && $Object.hasOwnProperty.call(message, "rateLimit"))
                    $root.longarm.v1.RateLimit.encode(message.rateLimit, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.policyHash != null && $Object.hasOwnProperty.call(message, "policyHash"))
                    writer.uint32(/* id 20, wireType 2 =*/162).string(message.policyHash);
                if (message.policyRule != null && $Object.hasOwnProperty.call(message, "policyRule"))
                    writer.uint32(/* id 21, wireType 2 =*/170).string(message.policyRule);
                if (message.journalId != null && $Object.hasOwnProperty.call(message, "journalId"))
                    writer.uint32(/* id 22, wireType 2 =*/178).string(message.journalId);
                if (message.journalHash != null && $Object.hasOwnProperty.call(message, "journalHash"))
                    writer.uint32(/* id 23, wireType 2 =*/186).string(message.journalHash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            CallRecord.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.CallRecord();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.method = value;
                            else
                                delete message.method;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.status = reader.uint32();
                            message._status = "status";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sentAt = value;
                            else
                                delete message.sentAt;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            message.headMs = reader.double();
                            message._headMs = "headMs";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            message.totalMs = reader.double();
                            message._totalMs = "totalMs";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.requestBytes = value;
                            else
                                delete message.requestBytes;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.responseBytes = value;
                            else
                                delete message.responseBytes;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.oktaRequestId = reader.stringVerify();
                            message._oktaRequestId = "oktaRequestId";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.rateLimit = $root.longarm.v1.RateLimit.decode(reader, reader.size(), $undefined, _depth + 1, message.rateLimit);
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.policyHash = reader.stringVerify();
                            message._policyHash = "policyHash";
                            continue;
                        }
                    case 21: {
                            if (wireType !== 2)
                                break;
                            message.policyRule = reader.stringVerify();
                            message._policyRule = "policyRule";
                            continue;
                        }
                    case 22: {
                            if (wireType !== 2)
                                break;
                            message.journalId = reader.stringVerify();
                            message._journalId = "journalId";
                            continue;
                        }
                    case 23: {
                            if (wireType !== 2)
                                break;
                            message.journalHash = reader.stringVerify();
                            message._journalHash = "journalHash";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return CallRecord;
        })();
        v1.Accepted = (function() {
            const Accepted = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Accepted.create = function(properties) {
                return new Accepted(properties);
            };
            Accepted.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Accepted.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Accepted();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Accepted;
        })();
        v1.Head = (function() {
            const Head = function (properties) {
                this.headers = [];
                this.grantedScopes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Head.prototype.status = 0;
            Head.prototype.headers = $util.emptyArray;
            Head.prototype.grantedScopes = $util.emptyArray;
            Head.create = function(properties) {
                return new Head(properties);
            };
            Head.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.status);
                if (message.headers != null && message.headers.length)
                    for (let i = 0; i < message.headers.length; ++i)
                        $root.longarm.v1.Pair.encode(message.headers[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.grantedScopes != null && message.grantedScopes.length)
                    for (let i = 0; i < message.grantedScopes.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.grantedScopes[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Head.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Head();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.status = value;
                            else
                                delete message.status;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.headers && message.headers.length))
                                message.headers = [];
                            message.headers.push($root.longarm.v1.Pair.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.grantedScopes && message.grantedScopes.length))
                                message.grantedScopes = [];
                            message.grantedScopes.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Head;
        })();
        v1.End = (function() {
            const End = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            End.prototype.record = null;
            End.prototype.next = null;
            End.prototype.last = false;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(End.prototype, "_next", {
                get: $util.oneOfGetter($oneOfFields = ["next"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            End.create = function(properties) {
                return new End(properties);
            };
            End.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.record != null && $Object.hasOwnProperty.call(message, "record"))
                    $root.longarm.v1.CallRecord.encode(message.record, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.next != null && $Object.hasOwnProperty.call(message, "next"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.next);
                if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.last);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            End.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.End();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.record = $root.longarm.v1.CallRecord.decode(reader, reader.size(), $undefined, _depth + 1, message.record);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.next = reader.stringVerify();
                            message._next = "next";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.last = value;
                            else
                                delete message.last;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return End;
        })();
        v1.Whole = (function() {
            const Whole = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Whole.prototype.head = null;
            Whole.prototype.body = $util.newBuffer([]);
            Whole.prototype.end = null;
            Whole.create = function(properties) {
                return new Whole(properties);
            };
            Whole.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.head != null && $Object.hasOwnProperty.call(message, "head"))
                    $root.longarm.v1.Head.encode(message.head, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.body != null && $Object.hasOwnProperty.call(message, "body") && message.body.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.body);
                if (message.end != null && $Object.hasOwnProperty.call(message, "end"))
                    $root.longarm.v1.End.encode(message.end, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Whole.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Whole();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.head = $root.longarm.v1.Head.decode(reader, reader.size(), $undefined, _depth + 1, message.head);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.body = value;
                            else
                                delete message.body;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.end = $root.longarm.v1.End.decode(reader, reader.size(), $undefined, _depth + 1, message.end);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Whole;
        })();
        v1.Failure = (function() {
            const Failure = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Failure.prototype.delivery = "";
            Failure.prototype.error = null;
            Failure.prototype.record = null;
            Failure.create = function(properties) {
                return new Failure(properties);
            };
            Failure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.delivery != null && $Object.hasOwnProperty.call(message, "delivery") && message.delivery !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.delivery);
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    $root.longarm.v1.ErrorBody.encode(message.error, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.record != null && $Object.hasOwnProperty.call(message, "record"))
                    $root.longarm.v1.CallRecord.encode(message.record, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Failure.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Failure();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.delivery = value;
                            else
                                delete message.delivery;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.error = $root.longarm.v1.ErrorBody.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.record = $root.longarm.v1.CallRecord.decode(reader, reader.size(), $undefined, _depth + 1, message.record);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Failure;
        })();
        v1.Refused = (function() {
            const Refused = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Refused.prototype.error = null;
            Refused.create = function(properties) {
                return new Refused(properties);
            };
            Refused.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    $root.longarm.v1.ErrorBody.encode(message.error, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Refused.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Refused();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.error = $root.longarm.v1.ErrorBody.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Refused;
        })();
        v1.Frame = (function() {
            const Frame = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Frame.prototype.channel = 0;
            Frame.prototype.callId = "";
            Frame.prototype.seq = 0;
            Frame.prototype.accepted = null;
            Frame.prototype.head = null;
            Frame.prototype.chunk = null;
            Frame.prototype.end = null;
            Frame.prototype.whole = null;
            Frame.prototype.failure = null;
            Frame.prototype.refused = null;
            Frame.prototype.bodyCredit = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(Frame.prototype, "part", {
                get: $util.oneOfGetter($oneOfFields = ["accepted", "head", "chunk", "end", "whole", "failure", "refused", "bodyCredit"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Frame.create = function(properties) {
                return new Frame(properties);
            };
            Frame.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.channel != null && $Object.hasOwnProperty.call(message, "channel") && message.channel !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.channel);
                if (message.callId != null && $Object.hasOwnProperty.call(message, "callId") && message.callId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.callId);
                if (message.seq != null && $Object.hasOwnProperty.call(message, "seq") && message.seq !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.seq);
                if (message.accepted != null && $Object.hasOwnProperty.call(message, "accepted"))
                    $root.longarm.v1.Accepted.encode(message.accepted, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.head != null && $Object.hasOwnProperty.call(message, "head"))
                    $root.longarm.v1.Head.encode(message.head, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk"))
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.chunk);
                if (message.end != null && $Object.hasOwnProperty.call(message, "end"))
                    $root.longarm.v1.End.encode(message.end, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.whole != null && $Object.hasOwnProperty.call(message, "whole"))
                    $root.longarm.v1.Whole.encode(message.whole, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.longarm.v1.Failure.encode(message.failure, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                    $root.longarm.v1.Refused.encode(message.refused, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.bodyCredit != null && $Object.hasOwnProperty.call(message, "bodyCredit"))
                    writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.bodyCredit);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Frame.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Frame();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.channel = value;
                            else
                                delete message.channel;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.callId = value;
                            else
                                delete message.callId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.seq = value;
                            else
                                delete message.seq;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.accepted = $root.longarm.v1.Accepted.decode(reader, reader.size(), $undefined, _depth + 1, message.accepted);
                            message.part = "accepted";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.head = $root.longarm.v1.Head.decode(reader, reader.size(), $undefined, _depth + 1, message.head);
                            message.part = "head";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.chunk = reader.bytes();
                            message.part = "chunk";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.end = $root.longarm.v1.End.decode(reader, reader.size(), $undefined, _depth + 1, message.end);
                            message.part = "end";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.whole = $root.longarm.v1.Whole.decode(reader, reader.size(), $undefined, _depth + 1, message.whole);
                            message.part = "whole";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.longarm.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            message.part = "failure";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.refused = $root.longarm.v1.Refused.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                            message.part = "refused";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            message.bodyCredit = reader.uint32();
                            message.part = "bodyCredit";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Frame;
        })();
        v1.Cancel = (function() {
            const Cancel = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Cancel.prototype.code = "";
            Cancel.create = function(properties) {
                return new Cancel(properties);
            };
            Cancel.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Cancel.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Cancel();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Cancel;
        })();
        v1.Control = (function() {
            const Control = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Control.prototype.controllerId = "";
            Control.prototype.channel = 0;
            Control.prototype.callId = "";
            Control.prototype.credit = null;
            Control.prototype.cancel = null;
            Control.prototype.bodyChunk = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(Control.prototype, "part", {
                get: $util.oneOfGetter($oneOfFields = ["credit", "cancel", "bodyChunk"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Control.create = function(properties) {
                return new Control(properties);
            };
            Control.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId") && message.controllerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.controllerId);
                if (message.channel != null && $Object.hasOwnProperty.call(message, "channel") && message.channel !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.channel);
                if (message.callId != null && $Object.hasOwnProperty.call(message, "callId") && message.callId !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.callId);
                if (message.credit != null && $Object.hasOwnProperty.call(message, "credit"))
                    $root.longarm.v1.Credit.encode(message.credit, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.cancel != null && $Object.hasOwnProperty.call(message, "cancel"))
                    $root.longarm.v1.Cancel.encode(message.cancel, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.bodyChunk != null && $Object.hasOwnProperty.call(message, "bodyChunk"))
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.bodyChunk);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Control.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Control();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.controllerId = value;
                            else
                                delete message.controllerId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.channel = value;
                            else
                                delete message.channel;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.callId = value;
                            else
                                delete message.callId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.credit = $root.longarm.v1.Credit.decode(reader, reader.size(), $undefined, _depth + 1, message.credit);
                            message.part = "credit";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.cancel = $root.longarm.v1.Cancel.decode(reader, reader.size(), $undefined, _depth + 1, message.cancel);
                            message.part = "cancel";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.bodyChunk = reader.bytes();
                            message.part = "bodyChunk";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Control;
        })();
        v1.BudgetGossip = (function() {
            const BudgetGossip = function (properties) {
                this.targets = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            BudgetGossip.prototype.targets = $util.emptyArray;
            BudgetGossip.create = function(properties) {
                return new BudgetGossip(properties);
            };
            BudgetGossip.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.targets != null && message.targets.length)
                    for (let i = 0; i < message.targets.length; ++i)
                        $root.longarm.v1.TargetBudget.encode(message.targets[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            BudgetGossip.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.BudgetGossip();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.targets && message.targets.length))
                                message.targets = [];
                            message.targets.push($root.longarm.v1.TargetBudget.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return BudgetGossip;
        })();
        v1.TargetBudget = (function() {
            const TargetBudget = function (properties) {
                this.buckets = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            TargetBudget.prototype.target = "";
            TargetBudget.prototype.open = 0;
            TargetBudget.prototype.squeeze = null;
            TargetBudget.prototype.buckets = $util.emptyArray;
            TargetBudget.create = function(properties) {
                return new TargetBudget(properties);
            };
            TargetBudget.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.target != null && $Object.hasOwnProperty.call(message, "target") && message.target !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.target);
                if (message.open != null && $Object.hasOwnProperty.call(message, "open") && message.open !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.open);
                if (message.squeeze != null && $Object.hasOwnProperty.call(message, "squeeze"))
                    $root.longarm.v1.BudgetSqueeze.encode(message.squeeze, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.buckets != null && message.buckets.length)
                    for (let i = 0; i < message.buckets.length; ++i)
                        $root.longarm.v1.BudgetBucket.encode(message.buckets[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            TargetBudget.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.TargetBudget();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.target = value;
                            else
                                delete message.target;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.open = value;
                            else
                                delete message.open;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.squeeze = $root.longarm.v1.BudgetSqueeze.decode(reader, reader.size(), $undefined, _depth + 1, message.squeeze);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.buckets && message.buckets.length))
                                message.buckets = [];
                            message.buckets.push($root.longarm.v1.BudgetBucket.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return TargetBudget;
        })();
        v1.BudgetSqueeze = (function() {
            const BudgetSqueeze = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            BudgetSqueeze.prototype.places = 0;
            BudgetSqueeze.prototype.agoMs = 0;
            BudgetSqueeze.create = function(properties) {
                return new BudgetSqueeze(properties);
            };
            BudgetSqueeze.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.places != null && $Object.hasOwnProperty.call(message, "places") && message.places !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.places);
                if (message.agoMs != null && $Object.hasOwnProperty.call(message, "agoMs") && message.agoMs !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.agoMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            BudgetSqueeze.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.BudgetSqueeze();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.places = value;
                            else
                                delete message.places;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.agoMs = value;
                            else
                                delete message.agoMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return BudgetSqueeze;
        })();
        v1.BudgetBucket = (function() {
            const BudgetBucket = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            BudgetBucket.prototype.name = "";
            BudgetBucket.prototype.pending = 0;
            BudgetBucket.prototype.window = null;
            BudgetBucket.prototype.pausedForMs = 0;
            BudgetBucket.prototype.interactiveAgoMs = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(BudgetBucket.prototype, "_interactiveAgoMs", {
                get: $util.oneOfGetter($oneOfFields = ["interactiveAgoMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            BudgetBucket.create = function(properties) {
                return new BudgetBucket(properties);
            };
            BudgetBucket.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.pending != null && $Object.hasOwnProperty.call(message, "pending") && message.pending !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.pending);
                if (message.window != null && $Object.hasOwnProperty.call(message, "window"))
                    $root.longarm.v1.BudgetWindow.encode(message.window, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.pausedForMs != null && $Object.hasOwnProperty.call(message, "pausedForMs") && message.pausedForMs !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.pausedForMs);
                if (message.interactiveAgoMs != null && $Object.hasOwnProperty.call(message, "interactiveAgoMs"))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.interactiveAgoMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            BudgetBucket.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.BudgetBucket();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pending = value;
                            else
                                delete message.pending;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.window = $root.longarm.v1.BudgetWindow.decode(reader, reader.size(), $undefined, _depth + 1, message.window);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pausedForMs = value;
                            else
                                delete message.pausedForMs;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            message.interactiveAgoMs = reader.uint32();
                            message._interactiveAgoMs = "interactiveAgoMs";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return BudgetBucket;
        })();
        v1.BudgetWindow = (function() {
            const BudgetWindow = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            BudgetWindow.prototype.limit = 0;
            BudgetWindow.prototype.used = 0;
            BudgetWindow.prototype.reset = 0;
            BudgetWindow.prototype.leftMs = 0;
            BudgetWindow.create = function(properties) {
                return new BudgetWindow(properties);
            };
            BudgetWindow.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.limit != null && $Object.hasOwnProperty.call(message, "limit") && message.limit !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.limit);
                if (message.used != null && $Object.hasOwnProperty.call(message, "used") && message.used !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.used);
                if (message.reset != null && $Object.hasOwnProperty.call(message, "reset") && !$Object.is(message.reset, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.reset);
                if (message.leftMs != null && $Object.hasOwnProperty.call(message, "leftMs") && message.leftMs !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.leftMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            BudgetWindow.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.BudgetWindow();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.limit = value;
                            else
                                delete message.limit;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.used = value;
                            else
                                delete message.used;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.reset = value;
                            else
                                delete message.reset;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.leftMs = value;
                            else
                                delete message.leftMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return BudgetWindow;
        })();
        v1.Ask = (function() {
            const Ask = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Ask.prototype.controllerId = "";
            Ask.prototype.callId = "";
            Ask.prototype.attempt = 0;
            Ask.prototype.nonce = "";
            Ask.prototype.notAfterMs = 0;
            Ask.create = function(properties) {
                return new Ask(properties);
            };
            Ask.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId") && message.controllerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.controllerId);
                if (message.callId != null && $Object.hasOwnProperty.call(message, "callId") && message.callId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.callId);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.attempt);
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.nonce);
                if (message.notAfterMs != null && $Object.hasOwnProperty.call(message, "notAfterMs") && !$Object.is(message.notAfterMs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.notAfterMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Ask.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Ask();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.controllerId = value;
                            else
                                delete message.controllerId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.callId = value;
                            else
                                delete message.callId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.notAfterMs = value;
                            else
                                delete message.notAfterMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Ask;
        })();
        v1.Told = (function() {
            const Told = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Told.prototype.callId = "";
            Told.prototype.attempt = 0;
            Told.prototype.nonce = "";
            Told.prototype.journalId = "";
            Told.prototype.ended = null;
            Told.prototype.underWay = null;
            Told.prototype.begun = null;
            Told.prototype.neverSeen = null;
            Told.prototype.unreadable = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(Told.prototype, "answer", {
                get: $util.oneOfGetter($oneOfFields = ["ended", "underWay", "begun", "neverSeen", "unreadable"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Told.create = function(properties) {
                return new Told(properties);
            };
            Told.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.callId != null && $Object.hasOwnProperty.call(message, "callId") && message.callId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.callId);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.attempt);
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.nonce);
                if (message.journalId != null && $Object.hasOwnProperty.call(message, "journalId") && message.journalId !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.journalId);
                if (message.ended != null && $Object.hasOwnProperty.call(message, "ended"))
                    $root.longarm.v1.CallEnd.encode(message.ended, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.underWay != null && $Object.hasOwnProperty.call(message, "underWay"))
                    $root.longarm.v1.ToldUnderWay.encode(message.underWay, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.begun != null && $Object.hasOwnProperty.call(message, "begun"))
                    $root.longarm.v1.ToldBegun.encode(message.begun, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.neverSeen != null && $Object.hasOwnProperty.call(message, "neverSeen"))
                    $root.longarm.v1.ToldNeverSeen.encode(message.neverSeen, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.unreadable != null && $Object.hasOwnProperty.call(message, "unreadable"))
                    $root.longarm.v1.ToldUnreadable.encode(message.unreadable, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Told.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Told();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.callId = value;
                            else
                                delete message.callId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.journalId = value;
                            else
                                delete message.journalId;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.ended = $root.longarm.v1.CallEnd.decode(reader, reader.size(), $undefined, _depth + 1, message.ended);
                            message.answer = "ended";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.underWay = $root.longarm.v1.ToldUnderWay.decode(reader, reader.size(), $undefined, _depth + 1, message.underWay);
                            message.answer = "underWay";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.begun = $root.longarm.v1.ToldBegun.decode(reader, reader.size(), $undefined, _depth + 1, message.begun);
                            message.answer = "begun";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.neverSeen = $root.longarm.v1.ToldNeverSeen.decode(reader, reader.size(), $undefined, _depth + 1, message.neverSeen);
                            message.answer = "neverSeen";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.unreadable = $root.longarm.v1.ToldUnreadable.decode(reader, reader.size(), $undefined, _depth + 1, message.unreadable);
                            message.answer = "unreadable";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Told;
        })();
        v1.ToldUnderWay = (function() {
            const ToldUnderWay = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            ToldUnderWay.create = function(properties) {
                return new ToldUnderWay(properties);
            };
            ToldUnderWay.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            ToldUnderWay.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.ToldUnderWay();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return ToldUnderWay;
        })();
        v1.ToldBegun = (function() {
            const ToldBegun = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            ToldBegun.create = function(properties) {
                return new ToldBegun(properties);
            };
            ToldBegun.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            ToldBegun.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.ToldBegun();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return ToldBegun;
        })();
        v1.ToldNeverSeen = (function() {
            const ToldNeverSeen = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            ToldNeverSeen.create = function(properties) {
                return new ToldNeverSeen(properties);
            };
            ToldNeverSeen.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            ToldNeverSeen.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.ToldNeverSeen();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return ToldNeverSeen;
        })();
        v1.ToldUnreadable = (function() {
            const ToldUnreadable = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            ToldUnreadable.create = function(properties) {
                return new ToldUnreadable(properties);
            };
            ToldUnreadable.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            ToldUnreadable.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.ToldUnreadable();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return ToldUnreadable;
        })();
        v1.CallKey = (function() {
            const CallKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            CallKey.prototype.callId = "";
            CallKey.prototype.attempt = 0;
            CallKey.create = function(properties) {
                return new CallKey(properties);
            };
            CallKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.callId != null && $Object.hasOwnProperty.call(message, "callId") && message.callId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.callId);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.attempt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            CallKey.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.CallKey();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.callId = value;
                            else
                                delete message.callId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return CallKey;
        })();
        v1.Delivered = (function() {
            const Delivered = function (properties) {
                this.calls = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Delivered.prototype.controllerId = "";
            Delivered.prototype.calls = $util.emptyArray;
            Delivered.create = function(properties) {
                return new Delivered(properties);
            };
            Delivered.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId") && message.controllerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.controllerId);
                if (message.calls != null && message.calls.length)
                    for (let i = 0; i < message.calls.length; ++i)
                        $root.longarm.v1.CallKey.encode(message.calls[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Delivered.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Delivered();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.controllerId = value;
                            else
                                delete message.controllerId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.calls && message.calls.length))
                                message.calls = [];
                            message.calls.push($root.longarm.v1.CallKey.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Delivered;
        })();
        v1.ClockAsked = (function() {
            const ClockAsked = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            ClockAsked.prototype.nonce = "";
            ClockAsked.create = function(properties) {
                return new ClockAsked(properties);
            };
            ClockAsked.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.nonce);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            ClockAsked.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.ClockAsked();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return ClockAsked;
        })();
        v1.ClockTold = (function() {
            const ClockTold = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            ClockTold.prototype.controllerId = "";
            ClockTold.prototype.nonce = "";
            ClockTold.prototype.nowMs = 0;
            ClockTold.create = function(properties) {
                return new ClockTold(properties);
            };
            ClockTold.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId") && message.controllerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.controllerId);
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.nonce);
                if (message.nowMs != null && $Object.hasOwnProperty.call(message, "nowMs") && !$Object.is(message.nowMs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.nowMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            ClockTold.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.ClockTold();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.controllerId = value;
                            else
                                delete message.controllerId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.nowMs = value;
                            else
                                delete message.nowMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return ClockTold;
        })();
        v1.JournalHeader = (function() {
            const JournalHeader = function (properties) {
                this.settled = [];
                this.horizons = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            JournalHeader.prototype.journalId = "";
            JournalHeader.prototype.number = 0;
            JournalHeader.prototype.capacityBytes = 0;
            JournalHeader.prototype.file = "";
            JournalHeader.prototype.horizonMs = 0;
            JournalHeader.prototype.settled = $util.emptyArray;
            JournalHeader.prototype.horizons = $util.emptyArray;
            JournalHeader.prototype.follows = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(JournalHeader.prototype, "_follows", {
                get: $util.oneOfGetter($oneOfFields = ["follows"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            JournalHeader.create = function(properties) {
                return new JournalHeader(properties);
            };
            JournalHeader.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.journalId != null && $Object.hasOwnProperty.call(message, "journalId") && message.journalId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.journalId);
                if (message.number != null && $Object.hasOwnProperty.call(message, "number") && message.number !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.number);
                if (message.capacityBytes != null && $Object.hasOwnProperty.call(message, "capacityBytes") && !$Object.is(message.capacityBytes, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.capacityBytes);
                if (message.file != null && $Object.hasOwnProperty.call(message, "file") && message.file !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.file);
                if (message.horizonMs != null && $Object.hasOwnProperty.call(message, "horizonMs") && !$Object.is(message.horizonMs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.horizonMs);
                if (message.settled != null && message.settled.length)
                    for (let i = 0; i < message.settled.length; ++i)
                        $root.longarm.v1.JournalSettled.encode(message.settled[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.horizons != null && message.horizons.length)
                    for (let i = 0; i < message.horizons.length; ++i)
                        $root.longarm.v1.JournalHorizon.encode(message.horizons[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.follows != null && $Object.hasOwnProperty.call(message, "follows"))
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.follows);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            JournalHeader.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.JournalHeader();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.journalId = value;
                            else
                                delete message.journalId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.number = value;
                            else
                                delete message.number;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.capacityBytes = value;
                            else
                                delete message.capacityBytes;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.file = value;
                            else
                                delete message.file;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.horizonMs = value;
                            else
                                delete message.horizonMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.settled && message.settled.length))
                                message.settled = [];
                            message.settled.push($root.longarm.v1.JournalSettled.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.horizons && message.horizons.length))
                                message.horizons = [];
                            message.horizons.push($root.longarm.v1.JournalHorizon.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.follows = reader.bytes();
                            message._follows = "follows";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return JournalHeader;
        })();
        v1.JournalHorizon = (function() {
            const JournalHorizon = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            JournalHorizon.prototype.controllerId = "";
            JournalHorizon.prototype.horizonMs = 0;
            JournalHorizon.create = function(properties) {
                return new JournalHorizon(properties);
            };
            JournalHorizon.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId") && message.controllerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.controllerId);
                if (message.horizonMs != null && $Object.hasOwnProperty.call(message, "horizonMs") && !$Object.is(message.horizonMs, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.horizonMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            JournalHorizon.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.JournalHorizon();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.controllerId = value;
                            else
                                delete message.controllerId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.horizonMs = value;
                            else
                                delete message.horizonMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return JournalHorizon;
        })();
        v1.JournalSettled = (function() {
            const JournalSettled = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            JournalSettled.prototype.callId = "";
            JournalSettled.prototype.attempt = 0;
            JournalSettled.prototype.notAfterMs = 0;
            JournalSettled.prototype.isRefused = false;
            JournalSettled.prototype.controllerId = null;
            JournalSettled.prototype.endHash = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(JournalSettled.prototype, "_controllerId", {
                get: $util.oneOfGetter($oneOfFields = ["controllerId"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(JournalSettled.prototype, "_endHash", {
                get: $util.oneOfGetter($oneOfFields = ["endHash"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            JournalSettled.create = function(properties) {
                return new JournalSettled(properties);
            };
            JournalSettled.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.callId != null && $Object.hasOwnProperty.call(message, "callId") && message.callId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.callId);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.attempt);
                if (message.notAfterMs != null && $Object.hasOwnProperty.call(message, "notAfterMs") && !$Object.is(message.notAfterMs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.notAfterMs);
                if (message.isRefused != null && $Object.hasOwnProperty.call(message, "isRefused") && message.isRefused !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.isRefused);
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId"))
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.controllerId);
                if (message.endHash != null && $Object.hasOwnProperty.call(message, "endHash"))
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.endHash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            JournalSettled.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.JournalSettled();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.callId = value;
                            else
                                delete message.callId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.notAfterMs = value;
                            else
                                delete message.notAfterMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.isRefused = value;
                            else
                                delete message.isRefused;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.controllerId = reader.stringVerify();
                            message._controllerId = "controllerId";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.endHash = reader.stringVerify();
                            message._endHash = "endHash";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return JournalSettled;
        })();
        v1.JournalRecord = (function() {
            const JournalRecord = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            JournalRecord.prototype.callId = "";
            JournalRecord.prototype.attempt = 0;
            JournalRecord.prototype.notAfterMs = 0;
            JournalRecord.prototype.begun = null;
            JournalRecord.prototype.ended = null;
            JournalRecord.prototype.refused = null;
            JournalRecord.prototype.delivered = null;
            JournalRecord.prototype.controllerId = null;
            JournalRecord.prototype.endHash = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(JournalRecord.prototype, "kind", {
                get: $util.oneOfGetter($oneOfFields = ["begun", "ended", "refused", "delivered"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(JournalRecord.prototype, "_controllerId", {
                get: $util.oneOfGetter($oneOfFields = ["controllerId"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(JournalRecord.prototype, "_endHash", {
                get: $util.oneOfGetter($oneOfFields = ["endHash"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            JournalRecord.create = function(properties) {
                return new JournalRecord(properties);
            };
            JournalRecord.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.callId != null && $Object.hasOwnProperty.call(message, "callId") && message.callId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.callId);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.attempt);
                if (message.notAfterMs != null && $Object.hasOwnProperty.call(message, "notAfterMs") && !$Object.is(message.notAfterMs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.notAfterMs);
                if (message.begun != null && $Object.hasOwnProperty.call(message, "begun"))
                    $root.longarm.v1.JournalBegun.encode(message.begun, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.ended != null && $Object.hasOwnProperty.call(message, "ended"))
                    $root.longarm.v1.CallEnd.encode(message.ended, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                    $root.longarm.v1.JournalRefused.encode(message.refused, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.delivered != null && $Object.hasOwnProperty.call(message, "delivered"))
                    $root.longarm.v1.JournalDelivered.encode(message.delivered, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId"))
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.controllerId);
                if (message.endHash != null && $Object.hasOwnProperty.call(message, "endHash"))
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.endHash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            JournalRecord.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.JournalRecord();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.callId = value;
                            else
                                delete message.callId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.notAfterMs = value;
                            else
                                delete message.notAfterMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.begun = $root.longarm.v1.JournalBegun.decode(reader, reader.size(), $undefined, _depth + 1, message.begun);
                            message.kind = "begun";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.ended = $root.longarm.v1.CallEnd.decode(reader, reader.size(), $undefined, _depth + 1, message.ended);
                            message.kind = "ended";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.refused = $root.longarm.v1.JournalRefused.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                            message.kind = "refused";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.delivered = $root.longarm.v1.JournalDelivered.decode(reader, reader.size(), $undefined, _depth + 1, message.delivered);
                            message.kind = "delivered";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.controllerId = reader.stringVerify();
                            message._controllerId = "controllerId";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.endHash = reader.stringVerify();
                            message._endHash = "endHash";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return JournalRecord;
        })();
        v1.JournalBegun = (function() {
            const JournalBegun = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            JournalBegun.prototype.controllerId = "";
            JournalBegun.prototype.runId = "";
            JournalBegun.prototype.effect = "";
            JournalBegun.prototype.method = "";
            JournalBegun.prototype.path = "";
            JournalBegun.create = function(properties) {
                return new JournalBegun(properties);
            };
            JournalBegun.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId") && message.controllerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.controllerId);
                if (message.runId != null && $Object.hasOwnProperty.call(message, "runId") && message.runId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.runId);
                if (message.effect != null && $Object.hasOwnProperty.call(message, "effect") && message.effect !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.effect);
                if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.method);
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.path);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            JournalBegun.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.JournalBegun();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.controllerId = value;
                            else
                                delete message.controllerId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runId = value;
                            else
                                delete message.runId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.effect = value;
                            else
                                delete message.effect;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.method = value;
                            else
                                delete message.method;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return JournalBegun;
        })();
        v1.JournalRefused = (function() {
            const JournalRefused = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            JournalRefused.prototype.reason = "";
            JournalRefused.create = function(properties) {
                return new JournalRefused(properties);
            };
            JournalRefused.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            JournalRefused.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.JournalRefused();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return JournalRefused;
        })();
        v1.JournalDelivered = (function() {
            const JournalDelivered = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            JournalDelivered.create = function(properties) {
                return new JournalDelivered(properties);
            };
            JournalDelivered.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            JournalDelivered.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.JournalDelivered();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return JournalDelivered;
        })();
        v1.CallEnd = (function() {
            const CallEnd = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            CallEnd.prototype.response = null;
            CallEnd.prototype.failure = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(CallEnd.prototype, "end", {
                get: $util.oneOfGetter($oneOfFields = ["response", "failure"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            CallEnd.create = function(properties) {
                return new CallEnd(properties);
            };
            CallEnd.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.response != null && $Object.hasOwnProperty.call(message, "response"))
                    $root.longarm.v1.EndedResponse.encode(message.response, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.longarm.v1.Failure.encode(message.failure, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            CallEnd.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.CallEnd();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.response = $root.longarm.v1.EndedResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.response);
                            message.end = "response";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.longarm.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            message.end = "failure";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return CallEnd;
        })();
        v1.EndedResponse = (function() {
            const EndedResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            EndedResponse.prototype.head = null;
            EndedResponse.prototype.whole = null;
            EndedResponse.prototype.dropped = null;
            EndedResponse.prototype.record = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(EndedResponse.prototype, "body", {
                get: $util.oneOfGetter($oneOfFields = ["whole", "dropped"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            EndedResponse.create = function(properties) {
                return new EndedResponse(properties);
            };
            EndedResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.head != null && $Object.hasOwnProperty.call(message, "head"))
                    $root.longarm.v1.Head.encode(message.head, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.whole != null && $Object.hasOwnProperty.call(message, "whole"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.whole);
                if (message.dropped != null && $Object.hasOwnProperty.call(message, "dropped"))
                    $root.longarm.v1.DroppedBody.encode(message.dropped, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.record != null && $Object.hasOwnProperty.call(message, "record"))
                    $root.longarm.v1.CallRecord.encode(message.record, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            EndedResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.EndedResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.head = $root.longarm.v1.Head.decode(reader, reader.size(), $undefined, _depth + 1, message.head);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.whole = reader.bytes();
                            message.body = "whole";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.dropped = $root.longarm.v1.DroppedBody.decode(reader, reader.size(), $undefined, _depth + 1, message.dropped);
                            message.body = "dropped";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.record = $root.longarm.v1.CallRecord.decode(reader, reader.size(), $undefined, _depth + 1, message.record);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return EndedResponse;
        })();
        v1.DroppedBody = (function() {
            const DroppedBody = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            DroppedBody.prototype.length = 0;
            DroppedBody.prototype.sha256 = $util.newBuffer([]);
            DroppedBody.create = function(properties) {
                return new DroppedBody(properties);
            };
            DroppedBody.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.length != null && $Object.hasOwnProperty.call(message, "length") && !$Object.is(message.length, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.length);
                if (message.sha256 != null && $Object.hasOwnProperty.call(message, "sha256") && message.sha256.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.sha256);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            DroppedBody.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.DroppedBody();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.length = value;
                            else
                                delete message.length;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sha256 = value;
                            else
                                delete message.sha256;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return DroppedBody;
        })();
        v1.Knock = (function() {
            const Knock = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Knock.prototype.sealing = $util.newBuffer([]);
            Knock.prototype.sealedTo = "";
            Knock.prototype.sealed = $util.newBuffer([]);
            Knock.create = function(properties) {
                return new Knock(properties);
            };
            Knock.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sealing != null && $Object.hasOwnProperty.call(message, "sealing") && message.sealing.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.sealing);
                if (message.sealedTo != null && $Object.hasOwnProperty.call(message, "sealedTo") && message.sealedTo !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.sealedTo);
                if (message.sealed != null && $Object.hasOwnProperty.call(message, "sealed") && message.sealed.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.sealed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Knock.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Knock();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sealing = value;
                            else
                                delete message.sealing;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sealedTo = value;
                            else
                                delete message.sealedTo;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sealed = value;
                            else
                                delete message.sealed;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Knock;
        })();
        v1.Knocking = (function() {
            const Knocking = function (properties) {
                this.labels = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Knocking.prototype.agentId = "";
            Knocking.prototype.nonce = "";
            Knocking.prototype.generation = 0;
            Knocking.prototype.name = "";
            Knocking.prototype.protocol = 0;
            Knocking.prototype.labels = $util.emptyArray;
            Knocking.prototype.facts = null;
            Knocking.prototype.keys = null;
            Knocking.prototype.proof = $util.newBuffer([]);
            Knocking.prototype.secret = null;
            Knocking.prototype.challenge = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Knocking.prototype, "_secret", {
                get: $util.oneOfGetter($oneOfFields = ["secret"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Knocking.prototype, "_challenge", {
                get: $util.oneOfGetter($oneOfFields = ["challenge"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Knocking.create = function(properties) {
                return new Knocking(properties);
            };
            Knocking.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.agentId != null && $Object.hasOwnProperty.call(message, "agentId") && message.agentId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.agentId);
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.nonce);
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && message.generation !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.generation);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.name);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.protocol);
                if (message.labels != null && message.labels.length)
                    for (let i = 0; i < message.labels.length; ++i)
                        $root.longarm.v1.Label.encode(message.labels[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.facts != null && $Object.hasOwnProperty.call(message, "facts"))
                    $root.longarm.v1.StableFacts.encode(message.facts, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.keys != null && $Object.hasOwnProperty.call(message, "keys"))
                    $root.longarm.v1.AgentKeys.encode(message.keys, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.proof != null && $Object.hasOwnProperty.call(message, "proof") && message.proof.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).bytes(message.proof);
                if (message.secret != null && $Object.hasOwnProperty.call(message, "secret"))
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.secret);
                if (message.challenge != null && $Object.hasOwnProperty.call(message, "challenge"))
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.challenge);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Knocking.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Knocking();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.agentId = value;
                            else
                                delete message.agentId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.labels && message.labels.length))
                                message.labels = [];
                            message.labels.push($root.longarm.v1.Label.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.facts = $root.longarm.v1.StableFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.facts);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.keys = $root.longarm.v1.AgentKeys.decode(reader, reader.size(), $undefined, _depth + 1, message.keys);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.proof = value;
                            else
                                delete message.proof;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.secret = reader.stringVerify();
                            message._secret = "secret";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.challenge = reader.stringVerify();
                            message._challenge = "challenge";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Knocking;
        })();
        v1.Knocked = (function() {
            const Knocked = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Knocked.prototype.sealedBy = "";
            Knocked.prototype.sealed = $util.newBuffer([]);
            Knocked.create = function(properties) {
                return new Knocked(properties);
            };
            Knocked.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sealedBy != null && $Object.hasOwnProperty.call(message, "sealedBy") && message.sealedBy !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.sealedBy);
                if (message.sealed != null && $Object.hasOwnProperty.call(message, "sealed") && message.sealed.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.sealed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Knocked.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Knocked();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sealedBy = value;
                            else
                                delete message.sealedBy;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sealed = value;
                            else
                                delete message.sealed;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Knocked;
        })();
        v1.Admitted = (function() {
            const Admitted = function (properties) {
                this.labels = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Admitted.prototype.generation = 0;
            Admitted.prototype.jwt = "";
            Admitted.prototype.returnJwt = "";
            Admitted.prototype.labels = $util.emptyArray;
            Admitted.create = function(properties) {
                return new Admitted(properties);
            };
            Admitted.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && message.generation !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.generation);
                if (message.jwt != null && $Object.hasOwnProperty.call(message, "jwt") && message.jwt !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.jwt);
                if (message.returnJwt != null && $Object.hasOwnProperty.call(message, "returnJwt") && message.returnJwt !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.returnJwt);
                if (message.labels != null && message.labels.length)
                    for (let i = 0; i < message.labels.length; ++i)
                        $root.longarm.v1.Label.encode(message.labels[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Admitted.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Admitted();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.jwt = value;
                            else
                                delete message.jwt;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.returnJwt = value;
                            else
                                delete message.returnJwt;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.labels && message.labels.length))
                                message.labels = [];
                            message.labels.push($root.longarm.v1.Label.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Admitted;
        })();
        v1.Held = (function() {
            const Held = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Held.prototype.reason = "";
            Held.prototype.sentence = "";
            Held.prototype.challenge = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Held.prototype, "_challenge", {
                get: $util.oneOfGetter($oneOfFields = ["challenge"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Held.create = function(properties) {
                return new Held(properties);
            };
            Held.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                if (message.sentence != null && $Object.hasOwnProperty.call(message, "sentence") && message.sentence !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.sentence);
                if (message.challenge != null && $Object.hasOwnProperty.call(message, "challenge"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.challenge);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Held.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Held();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sentence = value;
                            else
                                delete message.sentence;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.challenge = reader.stringVerify();
                            message._challenge = "challenge";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Held;
        })();
        v1.KnockAnswer = (function() {
            const KnockAnswer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            KnockAnswer.prototype.nonce = "";
            KnockAnswer.prototype.admitted = null;
            KnockAnswer.prototype.held = null;
            KnockAnswer.prototype.refused = null;
            KnockAnswer.prototype.installation = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(KnockAnswer.prototype, "answer", {
                get: $util.oneOfGetter($oneOfFields = ["admitted", "held", "refused"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            KnockAnswer.create = function(properties) {
                return new KnockAnswer(properties);
            };
            KnockAnswer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.nonce);
                if (message.admitted != null && $Object.hasOwnProperty.call(message, "admitted"))
                    $root.longarm.v1.Admitted.encode(message.admitted, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.held != null && $Object.hasOwnProperty.call(message, "held"))
                    $root.longarm.v1.Held.encode(message.held, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                    $root.longarm.v1.ErrorBody.encode(message.refused, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.installation != null && $Object.hasOwnProperty.call(message, "installation"))
                    $root.longarm.v1.SignedInstallationKeys.encode(message.installation, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            KnockAnswer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.KnockAnswer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.admitted = $root.longarm.v1.Admitted.decode(reader, reader.size(), $undefined, _depth + 1, message.admitted);
                            message.answer = "admitted";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.held = $root.longarm.v1.Held.decode(reader, reader.size(), $undefined, _depth + 1, message.held);
                            message.answer = "held";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.refused = $root.longarm.v1.ErrorBody.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                            message.answer = "refused";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.installation = $root.longarm.v1.SignedInstallationKeys.decode(reader, reader.size(), $undefined, _depth + 1, message.installation);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return KnockAnswer;
        })();
        v1.Renewal = (function() {
            const Renewal = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Renewal.prototype.jwt = "";
            Renewal.prototype.returnJwt = "";
            Renewal.create = function(properties) {
                return new Renewal(properties);
            };
            Renewal.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.jwt != null && $Object.hasOwnProperty.call(message, "jwt") && message.jwt !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.jwt);
                if (message.returnJwt != null && $Object.hasOwnProperty.call(message, "returnJwt") && message.returnJwt !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.returnJwt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Renewal.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Renewal();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.jwt = value;
                            else
                                delete message.jwt;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.returnJwt = value;
                            else
                                delete message.returnJwt;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Renewal;
        })();
        v1.Submission = (function() {
            const Submission = function (properties) {
                this.connections = [];
                this.behind = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Submission.prototype.runId = "";
            Submission.prototype.action = "";
            Submission.prototype.actionVersion = 0;
            Submission.prototype.connection = null;
            Submission.prototype.input = $util.newBuffer([]);
            Submission.prototype.lane = "";
            Submission.prototype.deadlineMs = null;
            Submission.prototype.narrowedTo = null;
            Submission.prototype.principal = "";
            Submission.prototype.fingerprint = $util.newBuffer([]);
            Submission.prototype.submittedAtMs = 0;
            Submission.prototype.dryRun = false;
            Submission.prototype.retry = null;
            Submission.prototype.concurrencyKey = null;
            Submission.prototype.concurrencyLimit = null;
            Submission.prototype.startByMs = null;
            Submission.prototype.runWithinMs = null;
            Submission.prototype.connections = $util.emptyArray;
            Submission.prototype.origin = null;
            Submission.prototype.chainDepth = null;
            Submission.prototype.behind = $util.emptyArray;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Submission.prototype, "_connection", {
                get: $util.oneOfGetter($oneOfFields = ["connection"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Submission.prototype, "_deadlineMs", {
                get: $util.oneOfGetter($oneOfFields = ["deadlineMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Submission.prototype, "_narrowedTo", {
                get: $util.oneOfGetter($oneOfFields = ["narrowedTo"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Submission.prototype, "_retry", {
                get: $util.oneOfGetter($oneOfFields = ["retry"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Submission.prototype, "_concurrencyKey", {
                get: $util.oneOfGetter($oneOfFields = ["concurrencyKey"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Submission.prototype, "_concurrencyLimit", {
                get: $util.oneOfGetter($oneOfFields = ["concurrencyLimit"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Submission.prototype, "_startByMs", {
                get: $util.oneOfGetter($oneOfFields = ["startByMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Submission.prototype, "_runWithinMs", {
                get: $util.oneOfGetter($oneOfFields = ["runWithinMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Submission.prototype, "_origin", {
                get: $util.oneOfGetter($oneOfFields = ["origin"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Submission.prototype, "_chainDepth", {
                get: $util.oneOfGetter($oneOfFields = ["chainDepth"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Submission.create = function(properties) {
                return new Submission(properties);
            };
            Submission.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.runId != null && $Object.hasOwnProperty.call(message, "runId") && message.runId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.runId);
                if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.action);
                if (message.actionVersion != null && $Object.hasOwnProperty.call(message, "actionVersion") && message.actionVersion !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.actionVersion);
                if (message.connection != null && $Object.hasOwnProperty.call(message, "connection"))
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.connection);
                if (message.input != null && $Object.hasOwnProperty.call(message, "input") && message.input.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.input);
                if (message.lane != null && $Object.hasOwnProperty.call(message, "lane") && message.lane !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.lane);
                if (message.deadlineMs != null && $Object.hasOwnProperty.call(message, "deadlineMs"))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.deadlineMs);
                if (message.narrowedTo != null && $Object.hasOwnProperty.call(message, "narrowedTo"))
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.narrowedTo);
                if (message.principal != null && $Object.hasOwnProperty.call(message, "principal") && message.principal !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.principal);
                if (message.fingerprint != null && $Object.hasOwnProperty.call(message, "fingerprint") && message.fingerprint.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.fingerprint);
                if (message.submittedAtMs != null && $Object.hasOwnProperty.call(message, "submittedAtMs") && !$Object.is(message.submittedAtMs, 0))
                    writer.uint32(/* id 11, wireType 1 =*/89).double(message.submittedAtMs);
                if (message.dryRun != null && $Object.hasOwnProperty.call(message, "dryRun") && message.dryRun !== false)
                    writer.uint32(/* id 12, wireType 0 =*/96).bool(message.dryRun);
                if (message.retry != null && $Object.hasOwnProperty.call(message, "retry"))
                    writer.uint32(/* id 13, wireType 2 =*/106).string(message.retry);
                if (message.concurrencyKey != null && $Object.hasOwnProperty.call(message, "concurrencyKey"))
                    writer.uint32(/* id 14, wireType 2 =*/114).string(message.concurrencyKey);
                if (message.concurrencyLimit != null && $Object.hasOwnProperty.call(message, "concurrencyLimit"))
                    writer.uint32(/* id 15, wireType 0 =*/120).uint32(message.concurrencyLimit);
                if (message.startByMs != null && $Object.hasOwnProperty.call(message, "startByMs"))
                    writer.uint32(/* id 16, wireType 1 =*/129).double(message.startByMs);
                if (message.runWithinMs != null && $Object.hasOwnProperty.call(message, "runWithinMs"))
                    writer.uint32(/* id 17, wireType 1 =*/137).double(message.runWithinMs);
                if (message.connections != null && message.connections.length)
                    for (let i = 0; i < message.connections.length; ++i)
                        writer.uint32(/* id 18, wireType 2 =*/146).string(message.connections[i]);
                if (message.origin != null && $Object.hasOwnProperty.call(message, "origin"))
                    $root.longarm.v1.RunOrigin.encode(message.origin, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.chainDepth != null && $Object.hasOwnProperty.call(message, "chainDepth"))
                    writer.uint32(/* id 20, wireType 0 =*/160).uint32(message.chainDepth);
                if (message.behind != null && message.behind.length)
                    for (let i = 0; i < message.behind.length; ++i)
                        writer.uint32(/* id 21, wireType 2 =*/170).string(message.behind[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Submission.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Submission();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runId = value;
                            else
                                delete message.runId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.action = value;
                            else
                                delete message.action;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.actionVersion = value;
                            else
                                delete message.actionVersion;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.connection = reader.stringVerify();
                            message._connection = "connection";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.input = value;
                            else
                                delete message.input;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.lane = value;
                            else
                                delete message.lane;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            message.deadlineMs = reader.double();
                            message._deadlineMs = "deadlineMs";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.narrowedTo = reader.stringVerify();
                            message._narrowedTo = "narrowedTo";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.principal = value;
                            else
                                delete message.principal;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.fingerprint = value;
                            else
                                delete message.fingerprint;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.submittedAtMs = value;
                            else
                                delete message.submittedAtMs;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.dryRun = value;
                            else
                                delete message.dryRun;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.retry = reader.stringVerify();
                            message._retry = "retry";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.concurrencyKey = reader.stringVerify();
                            message._concurrencyKey = "concurrencyKey";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            message.concurrencyLimit = reader.uint32();
                            message._concurrencyLimit = "concurrencyLimit";
                            continue;
                        }
                    case 16: {
                            if (wireType !== 1)
                                break;
                            message.startByMs = reader.double();
                            message._startByMs = "startByMs";
                            continue;
                        }
                    case 17: {
                            if (wireType !== 1)
                                break;
                            message.runWithinMs = reader.double();
                            message._runWithinMs = "runWithinMs";
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            if (!(message.connections && message.connections.length))
                                message.connections = [];
                            message.connections.push(reader.stringVerify());
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            message.origin = $root.longarm.v1.RunOrigin.decode(reader, reader.size(), $undefined, _depth + 1, message.origin);
                            message._origin = "origin";
                            continue;
                        }
                    case 20: {
                            if (wireType !== 0)
                                break;
                            message.chainDepth = reader.uint32();
                            message._chainDepth = "chainDepth";
                            continue;
                        }
                    case 21: {
                            if (wireType !== 2)
                                break;
                            if (!(message.behind && message.behind.length))
                                message.behind = [];
                            message.behind.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Submission;
        })();
        v1.RunOrigin = (function() {
            const RunOrigin = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            RunOrigin.prototype.kind = "";
            RunOrigin.prototype.name = "";
            RunOrigin.prototype.slotMs = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(RunOrigin.prototype, "_slotMs", {
                get: $util.oneOfGetter($oneOfFields = ["slotMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            RunOrigin.create = function(properties) {
                return new RunOrigin(properties);
            };
            RunOrigin.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.kind);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.slotMs != null && $Object.hasOwnProperty.call(message, "slotMs"))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.slotMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            RunOrigin.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.RunOrigin();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.slotMs = reader.double();
                            message._slotMs = "slotMs";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return RunOrigin;
        })();
        v1.EndedRun = (function() {
            const EndedRun = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            EndedRun.prototype.runId = "";
            EndedRun.prototype.action = "";
            EndedRun.prototype.connection = null;
            EndedRun.prototype.lane = "";
            EndedRun.prototype.dryRun = false;
            EndedRun.prototype.status = "";
            EndedRun.prototype.fingerprint = $util.newBuffer([]);
            EndedRun.prototype.submittedAtMs = 0;
            EndedRun.prototype.endedAtMs = 0;
            EndedRun.prototype.removedAtMs = 0;
            EndedRun.prototype.removedBy = "";
            EndedRun.prototype.startedAtMs = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(EndedRun.prototype, "_connection", {
                get: $util.oneOfGetter($oneOfFields = ["connection"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(EndedRun.prototype, "_startedAtMs", {
                get: $util.oneOfGetter($oneOfFields = ["startedAtMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            EndedRun.create = function(properties) {
                return new EndedRun(properties);
            };
            EndedRun.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.runId != null && $Object.hasOwnProperty.call(message, "runId") && message.runId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.runId);
                if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.action);
                if (message.connection != null && $Object.hasOwnProperty.call(message, "connection"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.connection);
                if (message.lane != null && $Object.hasOwnProperty.call(message, "lane") && message.lane !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.lane);
                if (message.dryRun != null && $Object.hasOwnProperty.call(message, "dryRun") && message.dryRun !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.dryRun);
                if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.status);
                if (message.fingerprint != null && $Object.hasOwnProperty.call(message, "fingerprint") && message.fingerprint.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.fingerprint);
                if (message.submittedAtMs != null && $Object.hasOwnProperty.call(message, "submittedAtMs") && !$Object.is(message.submittedAtMs, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.submittedAtMs);
                if (message.endedAtMs != null && $Object.hasOwnProperty.call(message, "endedAtMs") && !$Object.is(message.endedAtMs, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.endedAtMs);
                if (message.removedAtMs != null && $Object.hasOwnProperty.call(message, "removedAtMs") && !$Object.is(message.removedAtMs, 0))
                    writer.uint32(/* id 10, wireType 1 =*/81).double(message.removedAtMs);
                if (message.removedBy != null && $Object.hasOwnProperty.call(message, "removedBy") && message.removedBy !== "")
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.removedBy);
                if (message.startedAtMs != null && $Object.hasOwnProperty.call(message, "startedAtMs"))
                    writer.uint32(/* id 12, wireType 1 =*/97).double(message.startedAtMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            EndedRun.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.EndedRun();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runId = value;
                            else
                                delete message.runId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.action = value;
                            else
                                delete message.action;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.connection = reader.stringVerify();
                            message._connection = "connection";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.lane = value;
                            else
                                delete message.lane;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.dryRun = value;
                            else
                                delete message.dryRun;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.status = value;
                            else
                                delete message.status;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.fingerprint = value;
                            else
                                delete message.fingerprint;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.submittedAtMs = value;
                            else
                                delete message.submittedAtMs;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.endedAtMs = value;
                            else
                                delete message.endedAtMs;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.removedAtMs = value;
                            else
                                delete message.removedAtMs;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.removedBy = value;
                            else
                                delete message.removedBy;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 1)
                                break;
                            message.startedAtMs = reader.double();
                            message._startedAtMs = "startedAtMs";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return EndedRun;
        })();
        v1.LogRecord = (function() {
            const LogRecord = function (properties) {
                this.entries = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            LogRecord.prototype.entries = $util.emptyArray;
            LogRecord.create = function(properties) {
                return new LogRecord(properties);
            };
            LogRecord.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.longarm.v1.LogEntry.encode(message.entries[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            LogRecord.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.LogRecord();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.longarm.v1.LogEntry.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return LogRecord;
        })();
        v1.LogEntry = (function() {
            const LogEntry = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            LogEntry.prototype.claimed = null;
            LogEntry.prototype.intent = null;
            LogEntry.prototype.outcome = null;
            LogEntry.prototype.parked = null;
            LogEntry.prototype.resumed = null;
            LogEntry.prototype.completed = null;
            LogEntry.prototype.cancelRequested = null;
            LogEntry.prototype.resolved = null;
            LogEntry.prototype.secretsRead = null;
            LogEntry.prototype.approved = null;
            LogEntry.prototype.denied = null;
            LogEntry.prototype.stepBegun = null;
            LogEntry.prototype.stepEnded = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(LogEntry.prototype, "kind", {
                get: $util.oneOfGetter($oneOfFields = ["claimed", "intent", "outcome", "parked", "resumed", "completed", "cancelRequested", "resolved", "secretsRead", "approved", "denied", "stepBegun", "stepEnded"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            LogEntry.create = function(properties) {
                return new LogEntry(properties);
            };
            LogEntry.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.claimed != null && $Object.hasOwnProperty.call(message, "claimed"))
                    $root.longarm.v1.Claimed.encode(message.claimed, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.intent != null && $Object.hasOwnProperty.call(message, "intent"))
                    $root.longarm.v1.Intent.encode(message.intent, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome"))
                    $root.longarm.v1.Outcome.encode(message.outcome, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.parked != null && $Object.hasOwnProperty.call(message, "parked"))
                    $root.longarm.v1.Parked.encode(message.parked, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.resumed != null && $Object.hasOwnProperty.call(message, "resumed"))
                    $root.longarm.v1.Resumed.encode(message.resumed, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.completed != null && $Object.hasOwnProperty.call(message, "completed"))
                    $root.longarm.v1.Completed.encode(message.completed, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.cancelRequested != null && $Object.hasOwnProperty.call(message, "cancelRequested"))
                    $root.longarm.v1.CancelRequested.encode(message.cancelRequested, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.resolved != null && $Object.hasOwnProperty.call(message, "resolved"))
                    $root.longarm.v1.Resolved.encode(message.resolved, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.secretsRead != null && $Object.hasOwnProperty.call(message, "secretsRead"))
                    $root.longarm.v1.SecretsRead.encode(message.secretsRead, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.approved != null && $Object.hasOwnProperty.call(message, "approved"))
                    $root.longarm.v1.Verdict.encode(message.approved, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.denied != null && $Object.hasOwnProperty.call(message, "denied"))
                    $root.longarm.v1.Verdict.encode(message.denied, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.stepBegun != null && $Object.hasOwnProperty.call(message, "stepBegun"))
                    $root.longarm.v1.StepBegun.encode(message.stepBegun, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.stepEnded != null && $Object.hasOwnProperty.call(message, "stepEnded"))
                    $root.longarm.v1.StepEnded.encode(message.stepEnded, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            LogEntry.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.LogEntry();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.claimed = $root.longarm.v1.Claimed.decode(reader, reader.size(), $undefined, _depth + 1, message.claimed);
                            message.kind = "claimed";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.intent = $root.longarm.v1.Intent.decode(reader, reader.size(), $undefined, _depth + 1, message.intent);
                            message.kind = "intent";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.outcome = $root.longarm.v1.Outcome.decode(reader, reader.size(), $undefined, _depth + 1, message.outcome);
                            message.kind = "outcome";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.parked = $root.longarm.v1.Parked.decode(reader, reader.size(), $undefined, _depth + 1, message.parked);
                            message.kind = "parked";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.resumed = $root.longarm.v1.Resumed.decode(reader, reader.size(), $undefined, _depth + 1, message.resumed);
                            message.kind = "resumed";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.completed = $root.longarm.v1.Completed.decode(reader, reader.size(), $undefined, _depth + 1, message.completed);
                            message.kind = "completed";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.cancelRequested = $root.longarm.v1.CancelRequested.decode(reader, reader.size(), $undefined, _depth + 1, message.cancelRequested);
                            message.kind = "cancelRequested";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.resolved = $root.longarm.v1.Resolved.decode(reader, reader.size(), $undefined, _depth + 1, message.resolved);
                            message.kind = "resolved";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.secretsRead = $root.longarm.v1.SecretsRead.decode(reader, reader.size(), $undefined, _depth + 1, message.secretsRead);
                            message.kind = "secretsRead";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.approved = $root.longarm.v1.Verdict.decode(reader, reader.size(), $undefined, _depth + 1, message.approved);
                            message.kind = "approved";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.denied = $root.longarm.v1.Verdict.decode(reader, reader.size(), $undefined, _depth + 1, message.denied);
                            message.kind = "denied";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.stepBegun = $root.longarm.v1.StepBegun.decode(reader, reader.size(), $undefined, _depth + 1, message.stepBegun);
                            message.kind = "stepBegun";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.stepEnded = $root.longarm.v1.StepEnded.decode(reader, reader.size(), $undefined, _depth + 1, message.stepEnded);
                            message.kind = "stepEnded";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return LogEntry;
        })();
        v1.Claimed = (function() {
            const Claimed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Claimed.prototype.controllerId = "";
            Claimed.create = function(properties) {
                return new Claimed(properties);
            };
            Claimed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId") && message.controllerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.controllerId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Claimed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Claimed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.controllerId = value;
                            else
                                delete message.controllerId;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Claimed;
        })();
        v1.Executor = (function() {
            const Executor = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Executor.prototype.kind = "";
            Executor.prototype.agentId = null;
            Executor.prototype.agentName = null;
            Executor.prototype.why = "";
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Executor.prototype, "_agentId", {
                get: $util.oneOfGetter($oneOfFields = ["agentId"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Executor.prototype, "_agentName", {
                get: $util.oneOfGetter($oneOfFields = ["agentName"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Executor.create = function(properties) {
                return new Executor(properties);
            };
            Executor.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.kind);
                if (message.agentId != null && $Object.hasOwnProperty.call(message, "agentId"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.agentId);
                if (message.agentName != null && $Object.hasOwnProperty.call(message, "agentName"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.agentName);
                if (message.why != null && $Object.hasOwnProperty.call(message, "why") && message.why !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.why);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Executor.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Executor();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.agentId = reader.stringVerify();
                            message._agentId = "agentId";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.agentName = reader.stringVerify();
                            message._agentName = "agentName";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.why = value;
                            else
                                delete message.why;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Executor;
        })();
        v1.Intent = (function() {
            const Intent = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Intent.prototype.call = null;
            Intent.prototype.attempt = 0;
            Intent.prototype.effect = "";
            Intent.prototype.executor = null;
            Intent.prototype.notAfterMs = 0;
            Intent.prototype.resumeAt = null;
            Intent.prototype.journalId = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Intent.prototype, "_resumeAt", {
                get: $util.oneOfGetter($oneOfFields = ["resumeAt"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Intent.prototype, "_journalId", {
                get: $util.oneOfGetter($oneOfFields = ["journalId"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Intent.create = function(properties) {
                return new Intent(properties);
            };
            Intent.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.call != null && $Object.hasOwnProperty.call(message, "call"))
                    $root.longarm.v1.CallIdentity.encode(message.call, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.attempt);
                if (message.effect != null && $Object.hasOwnProperty.call(message, "effect") && message.effect !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.effect);
                if (message.executor != null && $Object.hasOwnProperty.call(message, "executor"))
                    $root.longarm.v1.Executor.encode(message.executor, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.notAfterMs != null && $Object.hasOwnProperty.call(message, "notAfterMs") && !$Object.is(message.notAfterMs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.notAfterMs);
                if (message.resumeAt != null && $Object.hasOwnProperty.call(message, "resumeAt"))
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.resumeAt);
                if (message.journalId != null && $Object.hasOwnProperty.call(message, "journalId"))
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.journalId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Intent.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Intent();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.call = $root.longarm.v1.CallIdentity.decode(reader, reader.size(), $undefined, _depth + 1, message.call);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.effect = value;
                            else
                                delete message.effect;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.executor = $root.longarm.v1.Executor.decode(reader, reader.size(), $undefined, _depth + 1, message.executor);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.notAfterMs = value;
                            else
                                delete message.notAfterMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.resumeAt = reader.stringVerify();
                            message._resumeAt = "resumeAt";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.journalId = reader.stringVerify();
                            message._journalId = "journalId";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Intent;
        })();
        v1.CallIdentity = (function() {
            const CallIdentity = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            CallIdentity.prototype.callId = "";
            CallIdentity.prototype.branch = "";
            CallIdentity.prototype.ordinal = 0;
            CallIdentity.prototype.method = "";
            CallIdentity.prototype.target = "";
            CallIdentity.prototype.bodyHash = $util.newBuffer([]);
            CallIdentity.create = function(properties) {
                return new CallIdentity(properties);
            };
            CallIdentity.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.callId != null && $Object.hasOwnProperty.call(message, "callId") && message.callId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.callId);
                if (message.branch != null && $Object.hasOwnProperty.call(message, "branch") && message.branch !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.branch);
                if (message.ordinal != null && $Object.hasOwnProperty.call(message, "ordinal") && message.ordinal !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.ordinal);
                if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.method);
                if (message.target != null && $Object.hasOwnProperty.call(message, "target") && message.target !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.target);
                if (message.bodyHash != null && $Object.hasOwnProperty.call(message, "bodyHash") && message.bodyHash.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.bodyHash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            CallIdentity.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.CallIdentity();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.callId = value;
                            else
                                delete message.callId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.branch = value;
                            else
                                delete message.branch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.ordinal = value;
                            else
                                delete message.ordinal;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.method = value;
                            else
                                delete message.method;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.target = value;
                            else
                                delete message.target;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.bodyHash = value;
                            else
                                delete message.bodyHash;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return CallIdentity;
        })();
        v1.Outcome = (function() {
            const Outcome = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Outcome.prototype.call = null;
            Outcome.prototype.attempt = 0;
            Outcome.prototype.effect = "";
            Outcome.prototype.executor = null;
            Outcome.prototype.result = "";
            Outcome.prototype.status = null;
            Outcome.prototype.headers = "";
            Outcome.prototype.inline = null;
            Outcome.prototype.blob = null;
            Outcome.prototype.record = "";
            Outcome.prototype.queuedMs = 0;
            Outcome.prototype.error = null;
            Outcome.prototype.superseded = false;
            Outcome.prototype.isReconciled = false;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Outcome.prototype, "_status", {
                get: $util.oneOfGetter($oneOfFields = ["status"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            $Object.defineProperty(Outcome.prototype, "body", {
                get: $util.oneOfGetter($oneOfFields = ["inline", "blob"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Outcome.prototype, "_error", {
                get: $util.oneOfGetter($oneOfFields = ["error"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Outcome.create = function(properties) {
                return new Outcome(properties);
            };
            Outcome.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.call != null && $Object.hasOwnProperty.call(message, "call"))
                    $root.longarm.v1.CallIdentity.encode(message.call, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.attempt);
                if (message.effect != null && $Object.hasOwnProperty.call(message, "effect") && message.effect !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.effect);
                if (message.executor != null && $Object.hasOwnProperty.call(message, "executor"))
                    $root.longarm.v1.Executor.encode(message.executor, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.result != null && $Object.hasOwnProperty.call(message, "result") && message.result !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.result);
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.status);
                if (message.headers != null && $Object.hasOwnProperty.call(message, "headers") && message.headers !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.headers);
                if (message.inline != null && $Object.hasOwnProperty.call(message, "inline"))
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.inline);
                if (message.blob != null && $Object.hasOwnProperty.call(message, "blob"))
                    $root.longarm.v1.BlobRef.encode(message.blob, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.record != null && $Object.hasOwnProperty.call(message, "record") && message.record !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.record);
                if (message.queuedMs != null && $Object.hasOwnProperty.call(message, "queuedMs") && !$Object.is(message.queuedMs, 0))
                    writer.uint32(/* id 11, wireType 1 =*/89).double(message.queuedMs);
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    writer.uint32(/* id 12, wireType 2 =*/98).string(message.error);
                if (message.superseded != null && $Object.hasOwnProperty.call(message, "superseded") && message.superseded !== false)
                    writer.uint32(/* id 13, wireType 0 =*/104).bool(message.superseded);
                if (message.isReconciled != null && $Object.hasOwnProperty.call(message, "isReconciled") && message.isReconciled !== false)
                    writer.uint32(/* id 14, wireType 0 =*/112).bool(message.isReconciled);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Outcome.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Outcome();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.call = $root.longarm.v1.CallIdentity.decode(reader, reader.size(), $undefined, _depth + 1, message.call);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.effect = value;
                            else
                                delete message.effect;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.executor = $root.longarm.v1.Executor.decode(reader, reader.size(), $undefined, _depth + 1, message.executor);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.result = value;
                            else
                                delete message.result;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            message.status = reader.uint32();
                            message._status = "status";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.headers = value;
                            else
                                delete message.headers;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.inline = reader.bytes();
                            message.body = "inline";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.blob = $root.longarm.v1.BlobRef.decode(reader, reader.size(), $undefined, _depth + 1, message.blob);
                            message.body = "blob";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.record = value;
                            else
                                delete message.record;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.queuedMs = value;
                            else
                                delete message.queuedMs;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.error = reader.stringVerify();
                            message._error = "error";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.superseded = value;
                            else
                                delete message.superseded;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.isReconciled = value;
                            else
                                delete message.isReconciled;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Outcome;
        })();
        v1.BlobRef = (function() {
            const BlobRef = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            BlobRef.prototype.part = "";
            BlobRef.prototype.attempt = 0;
            BlobRef.prototype.chunks = 0;
            BlobRef.prototype.length = 0;
            BlobRef.prototype.sha256 = $util.newBuffer([]);
            BlobRef.prototype.epoch = 0;
            BlobRef.create = function(properties) {
                return new BlobRef(properties);
            };
            BlobRef.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.part != null && $Object.hasOwnProperty.call(message, "part") && message.part !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.part);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.attempt);
                if (message.chunks != null && $Object.hasOwnProperty.call(message, "chunks") && message.chunks !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.chunks);
                if (message.length != null && $Object.hasOwnProperty.call(message, "length") && !$Object.is(message.length, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.length);
                if (message.sha256 != null && $Object.hasOwnProperty.call(message, "sha256") && message.sha256.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.sha256);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.epoch);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            BlobRef.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.BlobRef();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.part = value;
                            else
                                delete message.part;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.chunks = value;
                            else
                                delete message.chunks;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.length = value;
                            else
                                delete message.length;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sha256 = value;
                            else
                                delete message.sha256;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return BlobRef;
        })();
        v1.Parked = (function() {
            const Parked = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Parked.prototype.reason = "";
            Parked.prototype.sentence = "";
            Parked.prototype.sinceMs = 0;
            Parked.prototype.untilMs = null;
            Parked.prototype.ordinal = 0;
            Parked.prototype.stage = 0;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Parked.prototype, "_untilMs", {
                get: $util.oneOfGetter($oneOfFields = ["untilMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Parked.create = function(properties) {
                return new Parked(properties);
            };
            Parked.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                if (message.sentence != null && $Object.hasOwnProperty.call(message, "sentence") && message.sentence !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.sentence);
                if (message.sinceMs != null && $Object.hasOwnProperty.call(message, "sinceMs") && !$Object.is(message.sinceMs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.sinceMs);
                if (message.untilMs != null && $Object.hasOwnProperty.call(message, "untilMs"))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.untilMs);
                if (message.ordinal != null && $Object.hasOwnProperty.call(message, "ordinal") && message.ordinal !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.ordinal);
                if (message.stage != null && $Object.hasOwnProperty.call(message, "stage") && message.stage !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.stage);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Parked.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Parked();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sentence = value;
                            else
                                delete message.sentence;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sinceMs = value;
                            else
                                delete message.sinceMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            message.untilMs = reader.double();
                            message._untilMs = "untilMs";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.ordinal = value;
                            else
                                delete message.ordinal;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.stage = value;
                            else
                                delete message.stage;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Parked;
        })();
        v1.Resumed = (function() {
            const Resumed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Resumed.prototype.starts = false;
            Resumed.create = function(properties) {
                return new Resumed(properties);
            };
            Resumed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.starts != null && $Object.hasOwnProperty.call(message, "starts") && message.starts !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.starts);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Resumed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Resumed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.starts = value;
                            else
                                delete message.starts;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Resumed;
        })();
        v1.Completed = (function() {
            const Completed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Completed.prototype.status = "";
            Completed.prototype.inline = null;
            Completed.prototype.blob = null;
            Completed.prototype.error = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(Completed.prototype, "output", {
                get: $util.oneOfGetter($oneOfFields = ["inline", "blob"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Completed.prototype, "_error", {
                get: $util.oneOfGetter($oneOfFields = ["error"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            Completed.create = function(properties) {
                return new Completed(properties);
            };
            Completed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.status);
                if (message.inline != null && $Object.hasOwnProperty.call(message, "inline"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.inline);
                if (message.blob != null && $Object.hasOwnProperty.call(message, "blob"))
                    $root.longarm.v1.BlobRef.encode(message.blob, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.error);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Completed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Completed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.status = value;
                            else
                                delete message.status;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.inline = reader.bytes();
                            message.output = "inline";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.blob = $root.longarm.v1.BlobRef.decode(reader, reader.size(), $undefined, _depth + 1, message.blob);
                            message.output = "blob";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.error = reader.stringVerify();
                            message._error = "error";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Completed;
        })();
        v1.CancelRequested = (function() {
            const CancelRequested = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            CancelRequested.prototype.principal = "";
            CancelRequested.create = function(properties) {
                return new CancelRequested(properties);
            };
            CancelRequested.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.principal != null && $Object.hasOwnProperty.call(message, "principal") && message.principal !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.principal);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            CancelRequested.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.CancelRequested();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.principal = value;
                            else
                                delete message.principal;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return CancelRequested;
        })();
        v1.Resolved = (function() {
            const Resolved = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Resolved.prototype.principal = "";
            Resolved.prototype.status = "";
            Resolved.prototype.note = "";
            Resolved.create = function(properties) {
                return new Resolved(properties);
            };
            Resolved.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.principal != null && $Object.hasOwnProperty.call(message, "principal") && message.principal !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.principal);
                if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.status);
                if (message.note != null && $Object.hasOwnProperty.call(message, "note") && message.note !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.note);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Resolved.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Resolved();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.principal = value;
                            else
                                delete message.principal;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.status = value;
                            else
                                delete message.status;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.note = value;
                            else
                                delete message.note;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Resolved;
        })();
        v1.SecretsRead = (function() {
            const SecretsRead = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            SecretsRead.prototype.principal = "";
            SecretsRead.create = function(properties) {
                return new SecretsRead(properties);
            };
            SecretsRead.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.principal != null && $Object.hasOwnProperty.call(message, "principal") && message.principal !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.principal);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            SecretsRead.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.SecretsRead();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.principal = value;
                            else
                                delete message.principal;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return SecretsRead;
        })();
        v1.Verdict = (function() {
            const Verdict = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Verdict.prototype.principal = "";
            Verdict.prototype.note = "";
            Verdict.create = function(properties) {
                return new Verdict(properties);
            };
            Verdict.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.principal != null && $Object.hasOwnProperty.call(message, "principal") && message.principal !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.principal);
                if (message.note != null && $Object.hasOwnProperty.call(message, "note") && message.note !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.note);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Verdict.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Verdict();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.principal = value;
                            else
                                delete message.principal;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.note = value;
                            else
                                delete message.note;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Verdict;
        })();
        v1.StepBegun = (function() {
            const StepBegun = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            StepBegun.prototype.path = "";
            StepBegun.prototype.step = "";
            StepBegun.prototype.name = "";
            StepBegun.prototype.inputHash = $util.newBuffer([]);
            StepBegun.prototype.input = null;
            StepBegun.prototype.child = null;
            StepBegun.prototype.untilMs = null;
            StepBegun.prototype.afterSequence = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(StepBegun.prototype, "_input", {
                get: $util.oneOfGetter($oneOfFields = ["input"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(StepBegun.prototype, "_child", {
                get: $util.oneOfGetter($oneOfFields = ["child"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(StepBegun.prototype, "_untilMs", {
                get: $util.oneOfGetter($oneOfFields = ["untilMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(StepBegun.prototype, "_afterSequence", {
                get: $util.oneOfGetter($oneOfFields = ["afterSequence"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            StepBegun.create = function(properties) {
                return new StepBegun(properties);
            };
            StepBegun.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.step != null && $Object.hasOwnProperty.call(message, "step") && message.step !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.step);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                if (message.inputHash != null && $Object.hasOwnProperty.call(message, "inputHash") && message.inputHash.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.inputHash);
                if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.input);
                if (message.child != null && $Object.hasOwnProperty.call(message, "child"))
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.child);
                if (message.untilMs != null && $Object.hasOwnProperty.call(message, "untilMs"))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.untilMs);
                if (message.afterSequence != null && $Object.hasOwnProperty.call(message, "afterSequence"))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.afterSequence);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            StepBegun.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.StepBegun();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.step = value;
                            else
                                delete message.step;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.inputHash = value;
                            else
                                delete message.inputHash;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.input = reader.stringVerify();
                            message._input = "input";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.child = reader.stringVerify();
                            message._child = "child";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            message.untilMs = reader.double();
                            message._untilMs = "untilMs";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            message.afterSequence = reader.double();
                            message._afterSequence = "afterSequence";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return StepBegun;
        })();
        v1.StepEnded = (function() {
            const StepEnded = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            StepEnded.prototype.path = "";
            StepEnded.prototype.inline = null;
            StepEnded.prototype.blob = null;
            StepEnded.prototype.error = null;
            StepEnded.prototype.atMs = 0;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(StepEnded.prototype, "output", {
                get: $util.oneOfGetter($oneOfFields = ["inline", "blob"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(StepEnded.prototype, "_error", {
                get: $util.oneOfGetter($oneOfFields = ["error"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            StepEnded.create = function(properties) {
                return new StepEnded(properties);
            };
            StepEnded.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.inline != null && $Object.hasOwnProperty.call(message, "inline"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.inline);
                if (message.blob != null && $Object.hasOwnProperty.call(message, "blob"))
                    $root.longarm.v1.BlobRef.encode(message.blob, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.error);
                if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs") && !$Object.is(message.atMs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.atMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            StepEnded.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.StepEnded();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.inline = reader.bytes();
                            message.output = "inline";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.blob = $root.longarm.v1.BlobRef.decode(reader, reader.size(), $undefined, _depth + 1, message.blob);
                            message.output = "blob";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.error = reader.stringVerify();
                            message._error = "error";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.atMs = value;
                            else
                                delete message.atMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return StepEnded;
        })();
        v1.KeptPage = (function() {
            const KeptPage = function (properties) {
                this.itemIds = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            KeptPage.prototype.ordinal = 0;
            KeptPage.prototype.next = null;
            KeptPage.prototype.itemCount = 0;
            KeptPage.prototype.itemsBefore = 0;
            KeptPage.prototype.inline = null;
            KeptPage.prototype.blob = null;
            KeptPage.prototype.itemIds = $util.emptyArray;
            KeptPage.prototype.droppedSoFar = 0;
            KeptPage.prototype.truncated = false;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(KeptPage.prototype, "_next", {
                get: $util.oneOfGetter($oneOfFields = ["next"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            $Object.defineProperty(KeptPage.prototype, "items", {
                get: $util.oneOfGetter($oneOfFields = ["inline", "blob"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            KeptPage.create = function(properties) {
                return new KeptPage(properties);
            };
            KeptPage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ordinal != null && $Object.hasOwnProperty.call(message, "ordinal") && message.ordinal !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.ordinal);
                if (message.next != null && $Object.hasOwnProperty.call(message, "next"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.next);
                if (message.itemCount != null && $Object.hasOwnProperty.call(message, "itemCount") && message.itemCount !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.itemCount);
                if (message.itemsBefore != null && $Object.hasOwnProperty.call(message, "itemsBefore") && !$Object.is(message.itemsBefore, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.itemsBefore);
                if (message.inline != null && $Object.hasOwnProperty.call(message, "inline"))
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.inline);
                if (message.blob != null && $Object.hasOwnProperty.call(message, "blob"))
                    $root.longarm.v1.BlobRef.encode(message.blob, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.itemIds != null && message.itemIds.length)
                    for (let i = 0; i < message.itemIds.length; ++i)
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.itemIds[i]);
                if (message.droppedSoFar != null && $Object.hasOwnProperty.call(message, "droppedSoFar") && !$Object.is(message.droppedSoFar, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.droppedSoFar);
                if (message.truncated != null && $Object.hasOwnProperty.call(message, "truncated") && message.truncated !== false)
                    writer.uint32(/* id 9, wireType 0 =*/72).bool(message.truncated);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            KeptPage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.KeptPage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.ordinal = value;
                            else
                                delete message.ordinal;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.next = reader.stringVerify();
                            message._next = "next";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.itemCount = value;
                            else
                                delete message.itemCount;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.itemsBefore = value;
                            else
                                delete message.itemsBefore;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.inline = reader.bytes();
                            message.items = "inline";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.blob = $root.longarm.v1.BlobRef.decode(reader, reader.size(), $undefined, _depth + 1, message.blob);
                            message.items = "blob";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.itemIds && message.itemIds.length))
                                message.itemIds = [];
                            message.itemIds.push(reader.stringVerify());
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.droppedSoFar = value;
                            else
                                delete message.droppedSoFar;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.truncated = value;
                            else
                                delete message.truncated;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return KeptPage;
        })();
        v1.SignerRequest = (function() {
            const SignerRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            SignerRequest.prototype.id = 0;
            SignerRequest.prototype.hello = null;
            SignerRequest.prototype.calls = null;
            SignerRequest.prototype.other = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(SignerRequest.prototype, "ask", {
                get: $util.oneOfGetter($oneOfFields = ["hello", "calls", "other"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            SignerRequest.create = function(properties) {
                return new SignerRequest(properties);
            };
            SignerRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                    $root.longarm.v1.SignerHello.encode(message.hello, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.calls != null && $Object.hasOwnProperty.call(message, "calls"))
                    $root.longarm.v1.SignCalls.encode(message.calls, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.other != null && $Object.hasOwnProperty.call(message, "other"))
                    $root.longarm.v1.SignOther.encode(message.other, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            SignerRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.SignerRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.hello = $root.longarm.v1.SignerHello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                            message.ask = "hello";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.calls = $root.longarm.v1.SignCalls.decode(reader, reader.size(), $undefined, _depth + 1, message.calls);
                            message.ask = "calls";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.other = $root.longarm.v1.SignOther.decode(reader, reader.size(), $undefined, _depth + 1, message.other);
                            message.ask = "other";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return SignerRequest;
        })();
        v1.SignerHello = (function() {
            const SignerHello = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            SignerHello.create = function(properties) {
                return new SignerHello(properties);
            };
            SignerHello.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            SignerHello.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.SignerHello();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return SignerHello;
        })();
        v1.SignCalls = (function() {
            const SignCalls = function (properties) {
                this.calls = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            SignCalls.prototype.calls = $util.emptyArray;
            SignCalls.create = function(properties) {
                return new SignCalls(properties);
            };
            SignCalls.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.calls != null && message.calls.length)
                    for (let i = 0; i < message.calls.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.calls[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            SignCalls.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.SignCalls();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.calls && message.calls.length))
                                message.calls = [];
                            message.calls.push(reader.bytes());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return SignCalls;
        })();
        v1.SignOther = (function() {
            const SignOther = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            SignOther.prototype.purpose = "";
            SignOther.prototype.message = $util.newBuffer([]);
            SignOther.create = function(properties) {
                return new SignOther(properties);
            };
            SignOther.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.purpose != null && $Object.hasOwnProperty.call(message, "purpose") && message.purpose !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.purpose);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.message);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            SignOther.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.SignOther();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.purpose = value;
                            else
                                delete message.purpose;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return SignOther;
        })();
        v1.SignerReply = (function() {
            const SignerReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            SignerReply.prototype.id = 0;
            SignerReply.prototype.keys = null;
            SignerReply.prototype.signatures = null;
            SignerReply.prototype.refused = null;
            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;
            $Object.defineProperty(SignerReply.prototype, "reply", {
                get: $util.oneOfGetter($oneOfFields = ["keys", "signatures", "refused"]),
                set: $util.oneOfSetter($oneOfFields)
            });
            SignerReply.create = function(properties) {
                return new SignerReply(properties);
            };
            SignerReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message.keys != null && $Object.hasOwnProperty.call(message, "keys"))
                    $root.longarm.v1.SignerKeys.encode(message.keys, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.signatures != null && $Object.hasOwnProperty.call(message, "signatures"))
                    $root.longarm.v1.Signatures.encode(message.signatures, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                    $root.longarm.v1.ErrorBody.encode(message.refused, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            SignerReply.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.SignerReply();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.keys = $root.longarm.v1.SignerKeys.decode(reader, reader.size(), $undefined, _depth + 1, message.keys);
                            message.reply = "keys";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.signatures = $root.longarm.v1.Signatures.decode(reader, reader.size(), $undefined, _depth + 1, message.signatures);
                            message.reply = "signatures";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.refused = $root.longarm.v1.ErrorBody.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                            message.reply = "refused";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return SignerReply;
        })();
        v1.SignerKeys = (function() {
            const SignerKeys = function (properties) {
                this.sealing = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            SignerKeys.prototype.installation = null;
            SignerKeys.prototype.sealing = $util.emptyArray;
            SignerKeys.create = function(properties) {
                return new SignerKeys(properties);
            };
            SignerKeys.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.installation != null && $Object.hasOwnProperty.call(message, "installation"))
                    $root.longarm.v1.SignedInstallationKeys.encode(message.installation, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.sealing != null && message.sealing.length)
                    for (let i = 0; i < message.sealing.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.sealing[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            SignerKeys.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.SignerKeys();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.installation = $root.longarm.v1.SignedInstallationKeys.decode(reader, reader.size(), $undefined, _depth + 1, message.installation);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.sealing && message.sealing.length))
                                message.sealing = [];
                            message.sealing.push(reader.bytes());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return SignerKeys;
        })();
        v1.Signatures = (function() {
            const Signatures = function (properties) {
                this.signatures = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };
            Signatures.prototype.signatures = $util.emptyArray;
            Signatures.create = function(properties) {
                return new Signatures(properties);
            };
            Signatures.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.signatures != null && message.signatures.length)
                    for (let i = 0; i < message.signatures.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.signatures[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };
            Signatures.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.longarm.v1.Signatures();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.signatures && message.signatures.length))
                                message.signatures = [];
                            message.signatures.push(reader.bytes());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };
            return Signatures;
        })();
        return v1;
    })();
    return longarm;
})();
export {
  $root as default
};
